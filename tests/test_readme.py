"""Everything that the README shows is run here: commands, Python, JSON, file names."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.documents import read_folder

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found
    return found


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console session with the output that is shown."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown.replace("…", "...")


def check_session(run: Callable[..., tuple[int, str, str]], block: str) -> None:
    """Runs the commands of a console session and compares what they print with what is shown."""
    for command, shown in commands(block):
        if command.startswith("kentesor "):
            status, out, error = run(*shlex.split(command)[1:])
            assert status == 0, error
        else:
            out = subprocess.run(["bash", "-c", command], check=True, capture_output=True, text=True).stdout
        assert doctest.OutputChecker().check_output(shown, out, FLAGS), f"{command}\n{out}"


def agree(shown: object, given: object) -> bool:
    """Whether an example has the keys and the kinds of the real thing; a list may be shortened."""
    if isinstance(shown, dict) and isinstance(given, dict):
        return list(shown) == list(given) and all(agree(shown[key], given[key]) for key in shown)
    if isinstance(shown, list) and isinstance(given, list):
        return bool(shown) <= bool(given) and all(agree(one, given[0]) for one in shown)
    return type(shown) is type(given)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("block", blocks("console"))
def test_the_commands_do_what_is_shown(run, workplace, city_index, monkeypatch, block):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(workplace)
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index))
    check_session(run, block)


def test_the_python_session_is_right(city_index, monkeypatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index))
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for block in blocks("pycon"):
        result = runner.run(doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0))
        assert result.attempted and not result.failed


def test_the_json_is_what_the_commands_give(run, city_index):  # type: ignore[no-untyped-def]
    answer, table = map(json.loads, blocks("json"))
    _, out, _ = run("ask", answer["question"], "--json", "--index", city_index)
    given: dict[str, Any] = json.loads(out)
    assert agree(answer, given)
    for key in ("value", "text", "year", "measure", "label", "municipality", "citation", "computed"):
        assert answer["figures"][0][key] == given["figures"][0][key]
    shown, real = answer["citations"][0], given["citations"][0]
    assert {**shown, "context": real["context"]} == real
    _, out, _ = run("tables", table["doc"], "--json", "--index", city_index)
    tables = [json.loads(line) for line in out.splitlines()]
    [same] = [other for other in tables if other["line_start"] == table["line_start"]]
    assert agree(table, same)
    assert (table["columns"], table["kind"]) == (same["columns"], same["kind"])
    assert all(row in same["rows"] for row in table["rows"])


def test_the_catalogue_entry_is_taken(tmp_path: Path) -> None:
    [block] = blocks("toml")
    (tmp_path / "sources.toml").write_text(block, encoding="utf-8")
    (tmp_path / "rapor.txt").write_text("On iki park yapıldı.", encoding="utf-8")
    [document] = read_folder(tmp_path)
    [entry] = tomllib.loads(block)["source"]
    assert document.source.municipality == entry["municipality"]
    assert document.source.year == entry["year"]


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)", "".join(blocks("sh")), re.MULTILINE)
    assert targets == ["run", "test"]
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "corpora/README.md"])
def test_what_is_linked_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / page).parent.joinpath(link).exists(), link
