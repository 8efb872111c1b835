"""What is given to operators: the container file, the units and the settings say only what there is."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from app import cli
from app.settings import Settings, load_settings, variable_name
from app.web.operations import HEALTH, METRICS, READINESS

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
KNOWN = {variable_name(name) for name in Settings.__dataclass_fields__} | {"KENTESOR_SETTINGS", "KENTESOR_CACHE"}


def unit(path: Path) -> configparser.ConfigParser:
    """A unit; of a key that stands there several times every value is kept, on a line each."""
    seen: dict[tuple[str, str], list[str]] = {}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, equals, value = line.partition("=")
            assert equals, line
            seen.setdefault((section, key), []).append(value)
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    for (name, key), found in seen.items():
        if not parsed.has_section(name):
            parsed.add_section(name)
        parsed.set(name, key, "\n".join(found))
    return parsed


def instructions() -> list[tuple[str, str]]:
    """The instructions of the container file with what they are given, comments out, continued lines joined."""
    text = re.sub(r"^#.*\n", "", CONTAINERFILE, flags=re.MULTILINE).replace("\\\n", " ")
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in text.splitlines() if line.strip()]


def check_command(words: list[str]) -> None:
    """That a command ``kentesor …`` and its options are there."""
    group: Any = get_command(cli.app)
    command = group.commands[words[1]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words[2:] if word.startswith("--")} <= options


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_the_units_run_commands_that_there_are_and_are_shut_in(path: Path) -> None:
    parsed = unit(path)
    assert parsed.get("Unit", "Description").startswith("Kente Sor")
    if path.suffix == ".timer":
        assert (path.with_suffix(".service")).is_file() and parsed.get("Timer", "OnCalendar")
        return
    for line in parsed.get("Service", "ExecStart").splitlines():
        words = shlex.split(line)
        assert words[0].endswith("/bin/kentesor")
        check_command(words)
    told = dict(line.split("=", 1) for line in parsed.get("Service", "Environment").splitlines())
    assert told.keys() <= KNOWN
    assert told["KENTESOR_CACHE"] == f"/var/cache/{parsed.get('Service', 'CacheDirectory')}"
    settings = load_settings(DEPLOY / Path(told["KENTESOR_SETTINGS"]).name)
    assert settings.index is not None and str(settings.index).startswith(
        f"/var/lib/{parsed.get('Service', 'StateDirectory')}/"
    )
    for key, value in {
        "User": "kentesor", "ProtectSystem": "strict", "ProtectHome": "yes", "NoNewPrivileges": "yes",
        "PrivateTmp": "yes", "PrivateDevices": "yes", "CapabilityBoundingSet": "", "RestrictSUIDSGID": "yes",
        "SystemCallFilter": "@system-service",
    }.items():  # fmt: skip
        assert parsed.get("Service", key) == value


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text.replace("User=kentesor", "User=root"), encoding="utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / path.name for path in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0 and str(tmp_path) not in told.stderr and ".service:" not in told.stderr, told.stderr


def test_the_container_is_made_of_what_is_here_and_runs_as_nobody() -> None:
    found = instructions()
    for name, given in found:
        if name == "COPY":
            for source in given.split()[:-1]:
                assert (ROOT / source).exists(), source
    last = dict(found)
    assert last["USER"].isdigit() and int(last["USER"]) > 0
    check_command([*json.loads(last["ENTRYPOINT"]), *json.loads(last["CMD"])])
    assert [name for name, _ in found].index("USER") > max(n for n, (name, _) in enumerate(found) if name == "RUN")
    assert "HEALTHCHECK" in last and HEALTH in last["HEALTHCHECK"]
    check = json.loads(last["HEALTHCHECK"].partition("CMD ")[2])
    assert check[:2] == ["python", "-c"]
    compile(check[2], "healthcheck", "exec")
    environment = dict(pair.split("=", 1) for pair in last["ENV"].split())
    assert {name for name in environment if name.startswith("KENTESOR_")} <= KNOWN
    settings = load_settings(ROOT / environment["KENTESOR_SETTINGS"].removeprefix("/opt/kentesor/app/"))
    assert {str(settings.index), str(settings.corpora)} <= set(json.loads(last["VOLUME"]))
    assert settings.port == int(last["EXPOSE"]) and settings.host == "0.0.0.0"
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    copied = {given.split()[0] for name, given in found if name == "COPY"}
    assert {name.rstrip("*") for name in packages["packages"]["find"]["include"]} <= copied


def test_the_guide_names_only_what_there_is(run) -> None:  # type: ignore[no-untyped-def]
    group: Any = get_command(cli.app)
    named = set(re.findall(r"(?:^|`|NAME )kentesor ([a-z]+)", GUIDE, re.MULTILINE))
    assert named <= group.commands.keys() and {"index", "verify", "rollback", "remove", "tables"} <= named
    for name in re.findall(r"`(kentesor_[a-z_]+|process_[a-z_]+)", GUIDE):
        source = "".join(path.read_text("utf-8") for path in (ROOT / "app" / "web").glob("*.py"))
        stem = name.removesuffix("_total")
        assert stem in source or name.startswith(("kentesor_index_", "process_")), name
    for address in (HEALTH, READINESS, METRICS):
        assert f"`{address}`" in GUIDE
    for name in re.findall(r"`(log_[a-z]+|metrics_for|feedback)`", GUIDE):
        assert name in Settings.__dataclass_fields__
    for target in re.findall(r"\]\(([a-z/A-Z.-]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
    assert run("index", "--help")[0] == 0
