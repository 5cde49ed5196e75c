"""Settings come from three places in one order, and a wrong one is named."""

import pickle
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import pytest

from tasks.core.errors import SettingsError
from tasks.core.known_listings import COUNTRY_FEEDS
from tasks.core.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def refusal() -> str:
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_the_defaults_are_the_contracts():
    settings = read_settings()
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


def test_the_call_wins_over_the_environment_over_dotenv_over_pyproject(monkeypatch):
    Path("pyproject.toml").write_text(
        "[tool.wirehouse]\nworkers = 3\nconcurrency = 5\nattempts = 7\nmax_redirects = 1\n"
    )
    Path(".env").write_text(
        "OTHER=x\nWIREHOUSE_CONCURRENCY=6\nWIREHOUSE_ATTEMPTS=8\nWIREHOUSE_MAX_REDIRECTS=2\n"
    )
    monkeypatch.setenv("WIREHOUSE_ATTEMPTS", "9")
    monkeypatch.setenv("WIREHOUSE_MAX_REDIRECTS", "3")
    settings = read_settings(max_redirects=4, attempts=None)
    assert (settings.workers, settings.concurrency) == (3, 6)
    assert (settings.attempts, settings.max_redirects) == (9, 4)


@pytest.mark.parametrize(
    "base_url",
    [
        "https://menafn.com/", "http://127.0.0.1:8000", "http://127.9.9.9", "http://localhost:1",
        "http://[::1]:8000", "http://127.1",
    ],
)  # fmt: skip
def test_a_run_may_be_given_the_settings_site_or_a_loopback_address(base_url):
    assert read_settings(base_url=base_url).base_url == base_url


@pytest.mark.parametrize(
    "base_url",
    [
        "http://evil.example", "https://menafn.com.evil.example", "http://127.0.0.1.evil.example",
        "http://localhost.evil.example", "http://192.168.1.1", "http://169.254.169.254",
        "http://menafn.com", "http://0.0.0.0",
    ],
)  # fmt: skip
def test_a_run_is_given_no_other_site(base_url, monkeypatch):
    for configured in ("https://menafn.com", "http://127.0.0.1:9"):
        monkeypatch.setenv("WIREHOUSE_BASE_URL", configured)
        with pytest.raises(SettingsError, match=r"A run's base_url must be WIREHOUSE_BASE_URL"):
            read_settings(base_url=base_url)
    monkeypatch.setenv("WIREHOUSE_BASE_URL", base_url)
    assert read_settings(base_url=base_url).base_url == base_url


def test_a_data_folder_may_begin_at_the_users_home(monkeypatch):
    monkeypatch.setenv("HOME", "/home/desk")
    monkeypatch.setenv("WIREHOUSE_DATA_DIR", "~/live")
    assert read_settings().data_dir == Path("/home/desk/live")


def test_a_list_is_split_at_commas_or_a_list_of_toml(monkeypatch):
    Path("pyproject.toml").write_text('[tool.wirehouse]\nlistings = ["/a?x=1,2"]\n')
    monkeypatch.setenv("WIREHOUSE_FEEDS", "/rss/a.xml, /rss/b.xml,")
    monkeypatch.setenv("WIREHOUSE_SECTIONS", "MobileEN_Home,MobileEN_Energy")
    settings = read_settings()
    assert settings.feeds == ("/rss/a.xml", "/rss/b.xml")
    assert settings.listings == ("/a?x=1,2",)
    assert settings.sections == ("MobileEN_Home", "MobileEN_Energy")


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
def test_a_password_in_the_base_url_is_refused_and_not_repeated(monkeypatch, base_url):
    monkeypatch.setenv("WIREHOUSE_BASE_URL", base_url)
    message = refusal()
    assert "WIREHOUSE_BASE_URL must be" in message
    assert "hunter2" not in message


@pytest.mark.parametrize(
    "lake",
    ["s3://", "gs://wire/lake", "s3://me:hunter2@wire/lake", "s3://wire/lake?secret_key=hunter2",
     "s3://wire/\x1b[31m", "s3://[wire/lake"],
)  # fmt: skip
def test_a_lake_is_a_folder_or_a_bucket_without_keys(monkeypatch, lake):
    monkeypatch.setenv("WIREHOUSE_LAKE", lake)
    message = refusal()
    assert "WIREHOUSE_LAKE must be a folder or s3://bucket/prefix" in message
    assert "hunter2" not in message
    bucket = "s3://wire/a b?region=eu-north-1&endpoint_override=127.0.0.1:8333&scheme=http"
    for given, named in (("lake", str(Path.cwd() / "lake")), (bucket, bucket), ("", "")):
        monkeypatch.setenv("WIREHOUSE_LAKE", given)
        assert read_settings().lake == named


@pytest.mark.parametrize(
    "engine",
    ["tcp://10.0.0.7:8786", "tcp://scheduler:8786", "tcp://127.0.0.1", "127.0.0.1:8786", "", "dask",
     "tls://me:hunter2@host:8786", "tls://[host:8786", "tls://host:x", "tls://host:8786/\x1b[31m"],
)  # fmt: skip
def test_a_scheduler_is_on_this_machine_or_behind_tls(monkeypatch, engine):
    monkeypatch.setenv("WIREHOUSE_ENGINE", engine)
    assert "WIREHOUSE_ENGINE must be local, tls://host:port, or tcp://127.0.0.1:port" in refusal()
    for given in ("local", "tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tls://10.0.0.7:8786"):
        monkeypatch.setenv("WIREHOUSE_ENGINE", given)
        assert read_settings().engine == given


def test_a_cluster_gets_no_secret(monkeypatch):
    monkeypatch.setenv("WIREHOUSE_ALERT_URL", "https://hooks.example/hunter2")
    monkeypatch.setenv("WIREHOUSE_SMTP_URL", "smtp://me:hunter2@mail.example")
    sent = pickle.dumps(read_settings().for_cluster())
    assert b"hunter2" not in sent
    assert pickle.loads(sent).data_dir == Path.cwd() / "data"


@pytest.mark.parametrize(
    "base_url",
    ["https://", "menafn.com", "https://menafn.com:x", "https://menafn.com:99999",
     "https://[::1", "https://menafn.com:0", "https://menafn.com/\x1b[31m", "file:///etc/passwd"],
)  # fmt: skip
def test_a_base_url_must_be_an_http_address(monkeypatch, base_url):
    monkeypatch.setenv("WIREHOUSE_BASE_URL", base_url)
    assert "WIREHOUSE_BASE_URL must be an http or https address" in refusal()


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("WIREHOUSE_WORKER", "2", "Did you mean WIREHOUSE_WORKERS?"),
        ("wirehouse_workers", "2", "Did you mean WIREHOUSE_WORKERS?"),
        ("WIREHOUSE_XYZZY", "2", "is not a setting"),
        ("WIREHOUSE_CATCH_UP_STORIES", "2", "is now called WIREHOUSE_MAX_GAP_STORIES"),
        ("WIREHOUSE_WORKERS", "two", "WIREHOUSE_WORKERS must be a valid integer"),
        ("WIREHOUSE_WORKERS", "", "WIREHOUSE_WORKERS must be a valid integer"),
        ("WIREHOUSE_WORKERS", "0", "WIREHOUSE_WORKERS must be greater than or equal to 1, not '0'"),
        ("WIREHOUSE_REQUESTS_PER_SECOND", "-1", "must be greater than or equal to 0, not '-1'"),
        ("WIREHOUSE_REQUESTS_PER_SECOND", "nan", "must be a finite number, not 'nan'"),
        ("WIREHOUSE_MAX_BODY_MB", "inf", "must be a finite number"),
        ("WIREHOUSE_SCHEDULE_MINUTES", "1e300", "must be less than or equal to 10000000"),
        ("WIREHOUSE_SCHEDULE_MINUTES", "0", "must be greater than or equal to 0.000001"),
        ("WIREHOUSE_BASE_URL", "https://user:pw@menafn.com", "without query or user"),
        ("WIREHOUSE_TIMEZONE", "Mars/Olympus", "WIREHOUSE_TIMEZONE must be an IANA time zone"),
        ("WIREHOUSE_TIMEZONE", "../../etc/passwd", "WIREHOUSE_TIMEZONE must be"),
        ("WIREHOUSE_USER_AGENT", "a\r\nX: b", "WIREHOUSE_USER_AGENT must be printable ASCII"),
        ("WIREHOUSE_DATA_DIR", "a\x1b", "WIREHOUSE_DATA_DIR must be a printable path"),
        ("WIREHOUSE_DATA_DIR", "", "must be a printable path, such as . for the working folder"),
        ("WIREHOUSE_DATA_DIR", "~no-such-user/a", "~NAME must be a user of this machine"),
        ("WIREHOUSE_INTERFACE", "JSON", "must be 'pages' or 'json', not 'JSON'"),
        ("WIREHOUSE_INTERFACE", "", "WIREHOUSE_INTERFACE must be 'pages' or 'json'"),
        ("WIREHOUSE_RECOGNISER", "oracle", "WIREHOUSE_RECOGNISER must be builtin, rules, none"),
        ("WIREHOUSE_RECOGNISER", "spacy:", "WIREHOUSE_RECOGNISER must be"),
        ("WIREHOUSE_RECOGNISER", "rules:x", "WIREHOUSE_RECOGNISER must be"),
        ("WIREHOUSE_SECTIONS", "Home,../getstory", "WIREHOUSE_SECTIONS must"),
    ],
)
def test_a_wrong_setting_is_named_with_its_source(monkeypatch, variable, value, message):
    monkeypatch.setenv(variable, value)
    error = refusal()
    assert message in error
    assert "the environment" in error


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tool.wirehouse]\nworker = 3\n", "worker, set in [tool.wirehouse] in pyproject.toml"),
        ("[tool.wirehouse]\ncatch_up_stories = 3\n", "is now called max_gap_stories"),
        ("[tool.wirehouse]\nworkers = 0\n", "WIREHOUSE_WORKERS must be greater than or equal to 1"),
        (
            "[tool.wirehouse]\nfeeds = 3\n",
            "WIREHOUSE_FEEDS must be a list of texts, or a text with",
        ),
        ("[tool.wirehouse]\nsections = {a = 1}\n", "WIREHOUSE_SECTIONS must be a list of texts"),
        ("[tool.wirehouse]\ndata_dir = 3\n", "WIREHOUSE_DATA_DIR must be a printable path"),
        ("[tool.wirehouse\n", "pyproject.toml can't be read"),
        ("tool = 3\n", "tool.wirehouse in pyproject.toml is no table"),
        ("[tool]\nwirehouse = 3\n", "tool.wirehouse in pyproject.toml is no table"),
    ],
)
def test_what_is_wrong_in_pyproject_is_named(text, message):
    Path("pyproject.toml").write_text(text)
    assert message in refusal()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"WIREHOUSE_WORKERS=0\n", "or equal to 1, not '0' (read from .env)"),
        (b"wirehouse_workers=1\n", "wirehouse_workers, set in .env, is not a setting"),
        (b"WIREHOUSE_WORKERS=2\nthis is broken\n", ".env, line 2, can't be parsed"),
        (b"WIREHOUSE_WORKERS\n", ".env, line 1, can't be parsed"),
        (b"WIREHOUSE_USER_AGENT='Wire\xff'\n", ".env can't be read"),
    ],
)
def test_what_is_wrong_in_dotenv_is_named(text, message):
    Path(".env").write_bytes(text)
    assert message in refusal()


def test_settings_are_immutable_and_travel_to_workers():
    settings = Settings(workers=7)
    read_only: Any = settings
    with pytest.raises(FrozenInstanceError):
        read_only.workers = 8
    assert pickle.loads(pickle.dumps(settings)) == settings
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        replace(settings, workers=0)
