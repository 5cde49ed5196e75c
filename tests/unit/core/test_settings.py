"""Settings come from three places in one order, and a wrong one is named."""

from pathlib import Path

import pytest

from tasks.core.errors import SettingsError
from tasks.core.settings import COUNTRY_FEEDS, read_settings


def test_the_defaults_are_the_contracts(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {})

    assert settings.base_url == "https://menafn.com"
    assert settings.feeds == COUNTRY_FEEDS
    assert len(settings.feeds) == 17
    assert settings.data_dir == Path("data")
    assert (settings.requests_per_second, settings.concurrency) == (2, 4)
    assert settings.workers >= 1
    assert settings.user_agent.startswith("Wirehouse/")
    assert settings.timezone == "America/New_York"
    assert settings.interface == "pages"
    assert len(settings.sections) == 10


def test_the_environment_comes_before_the_file_before_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        "[tool.wirehouse]\nworkers = 3\nconcurrency = 5\nattempts = 7\n"
    )
    (tmp_path / ".env").write_text("WIREHOUSE_CONCURRENCY=6\nWIREHOUSE_ATTEMPTS=8\n")

    settings = read_settings(tmp_path, {"WIREHOUSE_ATTEMPTS": "9"})

    assert (settings.workers, settings.concurrency, settings.attempts) == (3, 6, 9)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://desk:hunter2@menafn.com",
        "https://hunter2@menafn.com",
        "https://:hunter2@menafn.com",
        "ftp://desk:hunter2@menafn.com",
        "https://desk:hunter2@[menafn.com",
        "desk:hunter2@menafn.com",
    ],
)
def test_a_password_in_the_base_url_is_refused_and_not_repeated(
    tmp_path: Path, base_url: str
) -> None:
    with pytest.raises(SettingsError, match="WIREHOUSE_BASE_URL must be") as told:
        read_settings(tmp_path, {"WIREHOUSE_BASE_URL": base_url})

    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    "base_url",
    ["https://", "menafn.com", "https://menafn.com:x", "https://menafn.com:99999",
     "https://[::1", "https://menafn.com:0", "https://menafn.com/\x1b[31m", "file:///etc"],
)  # fmt: skip
def test_a_base_url_that_is_none_is_named(tmp_path: Path, base_url: str) -> None:
    with pytest.raises(SettingsError, match="WIREHOUSE_BASE_URL must be an http") as told:
        read_settings(tmp_path, {"WIREHOUSE_BASE_URL": base_url})

    assert str(told.value).isprintable()


def test_the_caller_comes_before_all(tmp_path: Path) -> None:
    fixed = {"workers": 4, "attempts": None}
    environment = {"WIREHOUSE_WORKERS": "2", "WIREHOUSE_ATTEMPTS": "3"}

    settings = read_settings(tmp_path, environment, fixed)

    assert (settings.workers, settings.attempts) == (4, 3)


def test_feeds_are_separated_by_commas(tmp_path: Path) -> None:
    settings = read_settings(tmp_path, {"WIREHOUSE_FEEDS": "/rss/a.xml, /rss/b.xml,"})

    assert settings.feeds == ("/rss/a.xml", "/rss/b.xml")


def test_the_json_interface_and_its_sections_can_be_chosen(tmp_path: Path) -> None:
    told = {"WIREHOUSE_INTERFACE": "json", "WIREHOUSE_SECTIONS": "MobileEN_Home,MobileEN_Energy"}

    settings = read_settings(tmp_path, told)

    assert settings.interface == "json"
    assert settings.sections == ("MobileEN_Home", "MobileEN_Energy")


def test_a_list_in_pyproject_is_a_list(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.wirehouse]\nfeeds = ["/rss/a.xml"]\n')

    assert read_settings(tmp_path, {}).feeds == ("/rss/a.xml",)


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("WIREHOUSE_WORKER", "2", "Did you mean WIREHOUSE_WORKERS?"),
        ("wirehouse_workers", "2", "Did you mean WIREHOUSE_WORKERS?"),
        ("WIREHOUSE_XYZZY", "2", "is not a setting"),
        ("WIREHOUSE_WORKERS", "two", "WIREHOUSE_WORKERS: .*'two'"),
        ("WIREHOUSE_WORKERS", "", "WIREHOUSE_WORKERS"),
        ("WIREHOUSE_WORKERS", "0", "WIREHOUSE_WORKERS must be 1 or more"),
        ("WIREHOUSE_REQUESTS_PER_SECOND", "-1", "WIREHOUSE_REQUESTS_PER_SECOND must be 0 or more"),
        ("WIREHOUSE_REQUESTS_PER_SECOND", "nan", "WIREHOUSE_REQUESTS_PER_SECOND must be 0 or more"),
        ("WIREHOUSE_BASE_URL", "menafn.com", "WIREHOUSE_BASE_URL must be an http or https address"),
        ("WIREHOUSE_BASE_URL", "file:///etc/passwd", "WIREHOUSE_BASE_URL must be"),
        ("WIREHOUSE_BASE_URL", "https://user:pw@menafn.com", "without query or user"),
        ("WIREHOUSE_TIMEZONE", "Mars/Olympus", "WIREHOUSE_TIMEZONE must be an IANA time zone"),
        ("WIREHOUSE_TIMEZONE", "../../etc/passwd", "WIREHOUSE_TIMEZONE must be"),
        ("WIREHOUSE_USER_AGENT", "a\r\nX: b", "WIREHOUSE_USER_AGENT must be printable"),
        ("WIREHOUSE_INTERFACE", "JSON", "WIREHOUSE_INTERFACE must be pages or json, not 'JSON'"),
        ("WIREHOUSE_INTERFACE", "", "WIREHOUSE_INTERFACE must be pages or json"),
        ("WIREHOUSE_RECOGNISER", "oracle", "WIREHOUSE_RECOGNISER must be builtin, rules, none"),
        ("WIREHOUSE_RECOGNISER", "spacy:", "WIREHOUSE_RECOGNISER must be"),
        ("WIREHOUSE_RECOGNISER", "rules:x", "WIREHOUSE_RECOGNISER must be"),
        ("WIREHOUSE_SECTIONS", "Home,../getstory", "WIREHOUSE_SECTIONS must be letters, digits"),
    ],
)
def test_a_wrong_setting_is_named_with_its_source(
    tmp_path: Path, variable: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        read_settings(tmp_path, {variable: value})

    assert "the environment" in str(caught.value)


def test_a_misspelt_key_of_pyproject_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.wirehouse]\nworker = 3\n")

    with pytest.raises(SettingsError, match=r"worker, set in \[tool.wirehouse\].*workers"):
        read_settings(tmp_path, {})


def test_a_broken_pyproject_is_named(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.wirehouse\n")

    with pytest.raises(SettingsError, match=r"pyproject\.toml can't be read"):
        read_settings(tmp_path, {})


def test_other_programs_settings_are_none_of_ours(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {"PATH": "/bin", "PREFECT_HOME": "x"}).workers >= 1
