"""deploy/: what the files name exists, and what they do is done here without Docker and systemd."""

import ast
import configparser
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from flows.cli import app
from flows.prefect_api import DEFAULT_PORT, PASSWORD, prefect_api
from tasks.core.errors import UsageError
from tasks.core.settings import PREFIX, Settings
from tests.prefect_server import free_port

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((DEPLOY / "compose.yml").read_text())
SERVICE = COMPOSE["services"]["wirehouse"]
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
SETTINGS = {PREFIX + field.name.upper() for field in fields(Settings)}
ANY_USER = 54321  # has no name and no home

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def instructions(name):
    return re.findall(rf"^{name} (.*)$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)


def require_command(words):
    """Each option of a `wirehouse` command line exists."""
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    command = program.commands[words[0]]
    known = {name for one in command.params for name in one.opts}
    assert {word for word in words[1:] if word.startswith("-")} <= known


def test_compose_names_only_what_exists():
    require_command(SERVICE["command"])
    assert json.loads(instructions("CMD")[0]) == SERVICE["command"]
    names = set(SERVICE["environment"])
    assert {name for name in names if name.startswith(PREFIX)} <= SETTINGS
    assert names - SETTINGS == {PASSWORD}
    assert SERVICE["ports"] == [f"127.0.0.1:{DEFAULT_PORT}:{DEFAULT_PORT}"]
    assert instructions("EXPOSE") == [str(DEFAULT_PORT)]
    assert (DEPLOY / SERVICE["build"]["context"] / SERVICE["build"]["dockerfile"]).samefile(
        DEPLOY / "Dockerfile"
    )
    (volume,) = SERVICE["volumes"]
    assert volume.split(":") == [*COMPOSE["volumes"], *instructions("VOLUME")]
    assert SERVICE["read_only"]
    assert SERVICE["user"] == instructions("USER")[0]


def test_the_parts_of_the_cluster_share_a_network_and_the_volume():
    parts = {name: one for name, one in COMPOSE["services"].items() if "profiles" in one}
    assert parts.keys() == {"scheduler", "worker", "coordinator"}
    address = f"tcp://{parts['scheduler']['command'][1]}:{parts['scheduler']['command'][3]}"
    for name, part in parts.items():
        assert part["environment"] == {"WIREHOUSE_ENGINE": address}
        for key in ("volumes", "user", "read_only", "cap_drop", "security_opt"):
            assert part[key] == SERVICE[key]
        if name != "scheduler":
            require_command(part["command"])
            assert part["network_mode"] == "service:scheduler"
    assert parts["worker"]["command"][1] == address


def test_the_image_writes_to_its_volume_and_has_the_commands_it_names():
    variables = dict(re.findall(r"(\w+)=(\S+)", " ".join(instructions("ENV"))))
    assert variables["WIREHOUSE_DATA_DIR"] == instructions("VOLUME")[0]
    assert {name for name in variables if name.startswith(PREFIX)} <= SETTINGS
    (prefix,) = re.findall(r"install\.sh (\S+)", DOCKERFILE)
    assert instructions("COPY") == [". /src", f"--from=build {prefix} {prefix}"]
    assert variables["PATH"].startswith(f"{prefix}/.venv/bin:")
    ast.parse(health_check()[-1])
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    (copied,) = re.findall(r"-cf - (.*?) \|", (DEPLOY / "install.sh").read_text(), re.DOTALL)
    for name in copied.replace("\\", "").split():
        assert (ROOT / name).exists()
        assert any(fnmatch(name, line[1:]) for line in kept if line.startswith("!")), name


def health_check():
    (words,) = re.findall(r"^HEALTHCHECK.*?CMD (\[.*?\])$", DOCKERFILE, re.DOTALL | re.MULTILINE)
    return json.loads(words)


def unit(path):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path)
    return parser


def test_both_services_are_confined_alike_and_name_commands_that_exist():
    first, second = (unit(path)["Service"] for path in UNITS[:2])
    for service in (first, second):
        program, *words = shlex.split(service["ExecStart"])
        assert program == "/opt/wirehouse/.venv/bin/wirehouse"
        require_command(words)
        assert set(re.findall(r"WIREHOUSE_\w+", " ".join(service.values()))) <= SETTINGS
    own = {"Type", "ExecStart", "Restart", "RestartSec", "TimeoutStartSec"}
    assert {k: v for k, v in first.items() if k not in own} == {
        k: v for k, v in second.items() if k not in own
    }


@needs_systemd
def test_systemd_takes_the_units_and_finds_them_confined(tmp_path):
    for path in UNITS:
        text = path.read_text().replace(
            "/opt/wirehouse/.venv/bin", str(Path(sys.executable).parent)
        )
        (tmp_path / path.name).write_text(text)
    copies = sorted(tmp_path.iterdir())
    done = subprocess.run(
        ["systemd-analyze", "verify", *copies], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for path in (path for path in copies if path.suffix == ".service"):
        # In tenths; a service that is not confined at all has 96.
        subprocess.run(
            ["systemd-analyze", "security", "--offline=yes", "--threshold=25", path],
            check=True, capture_output=True,
        )  # fmt: skip


def test_other_machines_are_let_in_with_a_password_only(monkeypatch):
    monkeypatch.delenv(PASSWORD, raising=False)
    with pytest.raises(UsageError, match="lets other machines in"), prefect_api(listen_all=True):
        pass


@contextmanager
def installation():
    """Made by deploy/install.sh into a folder that is read-only afterwards, and a data folder.

    Not below pytest's folders, which other users can't enter.
    """
    folder = Path(mkdtemp(prefix="wirehouse-"))
    prefix, data_dir = folder / "opt", folder / "data"
    folder.chmod(0o755)
    data_dir.mkdir()
    data_dir.chmod(0o1777)
    # One that other users may run, if there is one with venv.
    system = Path("/usr/bin/python3")
    can_venv = (
        system.exists()
        and not subprocess.run([system, "-c", "import ensurepip"], check=False).returncode
    )
    is_recent = (
        can_venv
        and subprocess.run(
            [system, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"], check=False
        ).returncode
        == 0
    )
    python = system if is_recent else Path(sys.executable).resolve()
    try:
        subprocess.run(
            ["sh", DEPLOY / "install.sh", prefix],
            env=os.environ | {"PYTHON": str(python)},
            check=True,
        )
        subprocess.run(["chmod", "-R", "a-w", prefix], check=True)
        yield prefix, data_dir, os.geteuid() == 0 and python == system
    finally:
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)
        shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_build_steps_make_what_any_user_can_run_from_a_read_only_folder():
    with installation() as (prefix, data_dir, can_change_user):
        before = sorted(path for path in prefix.rglob("*"))
        port = str(free_port())
        options = {
            "env": {
                "PATH": f"{prefix}/.venv/bin:/usr/bin:/bin",
                "HOME": "/tmp",
                "WIREHOUSE_DATA_DIR": str(data_dir),
                "WIREHOUSE_SCHEDULE_MINUTES": "60",
                "WIREHOUSE_BASE_URL": "http://127.0.0.1:9",
                PASSWORD: "desk:a-long-random-text",
            },
            "cwd": data_dir,
            "text": True,
        } | ({"user": ANY_USER, "group": 0, "extra_groups": []} if can_change_user else {})

        def run(*command):
            return subprocess.run(command, capture_output=True, timeout=300, check=False, **options)

        assert run("wirehouse", "doctor", "--offline").returncode == 0
        sample = run("wirehouse", "ingest", "--sample", "--max-stories", "5", "--json")
        assert sample.returncode == 0, sample.stderr
        health = [word.replace(str(DEFAULT_PORT), port) for word in health_check()]
        log = data_dir / "serve.log"
        with log.open("w") as output:
            served = subprocess.Popen(
                ["wirehouse", *SERVICE["command"], "--port", port], stderr=output, **options
            )
        try:
            until = time.monotonic() + 180
            while run(*health).returncode or "Ctrl-C" not in log.read_text():
                assert served.poll() is None, log.read_text()
                assert time.monotonic() < until
            api = f"http://127.0.0.1:{port}/api/admin/version"
            refused = run("python", "-c", f"from urllib.request import urlopen; urlopen({api!r})")
            assert "401" in refused.stderr
        finally:
            served.send_signal(signal.SIGTERM)
            assert served.wait(30) == 0, log.read_text()
        assert sorted(path for path in prefix.rglob("*")) == before
