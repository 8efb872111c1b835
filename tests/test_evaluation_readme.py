"""Everything that ``evaluation/README.md`` shows is run, and the datasheet counts what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_readme import check_session

from evaluation.questions import DATA, read_gold_tables, read_questions

FOLDER = Path(__file__).parent.parent / "evaluation"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evaluation-readme")


@pytest.mark.parametrize("block", BLOCKS)
def test_the_commands_do_what_is_shown(run, workplace: Path, city_index: Path, monkeypatch, block: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(workplace)
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index))
    check_session(run, block)


def test_the_datasheet_counts_what_is_there() -> None:
    told = (DATA / "DATASHEET.md").read_text(encoding="utf-8")
    total = 0
    for name, number in re.findall(r"^\| `(questions-[\w-]+\.jsonl)` \| (\d+) questions", told, re.MULTILINE):
        assert len(read_questions([DATA / name])) == int(number)
        total += int(number)
    [(tables, rows)] = re.findall(r"\| (\d+) tables, (\d+) rows", told)
    gold = read_gold_tables()
    assert (len(gold), sum(len(table.rows) for table in gold)) == (int(tables), int(rows))
    assert f"{total} questions, {tables} tables" in README
    assert {path.name for path in DATA.glob("*.jsonl")} == set(
        re.findall(r"`((?:questions|tables)-[\w-]+\.jsonl)`", told)
    )


@pytest.mark.parametrize("page", ["README.md", "data/DATASHEET.md"])
def test_what_is_linked_is_there(page: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", (FOLDER / page).read_text(encoding="utf-8")):
        assert (FOLDER / page).parent.joinpath(link).exists(), link
