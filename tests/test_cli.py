"""The command line: one clear line and the right exit status for every kind of bad input, and no traceback."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from app import cli


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Runs the command line in this process; gives (exit status, standard output, standard error)."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kentesor", *map(str, arguments)])
        try:
            cli.main()
            status = 0
        except SystemExit as stop:
            status = int(stop.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def test_ask_json_is_the_contract(run, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("ask", "2024 asfalt hedefi nedir?", "--json", "--index", city_index)
    answer = json.loads(out)
    figure, citation = answer["figures"][0], answer["citations"][0]
    assert status == 0 and answer["status"] == "answered"
    assert (figure["value"], figure["text"], figure["year"], figure["measure"]) == (
        1100000,
        "1.100.000",
        2024,
        "target",
    )
    assert figure["municipality"] == "İzmir Büyükşehir Belediyesi" and figure["computed"] is None
    assert figure["citation"] == citation["n"] == 1 and "1.100.000" in citation["quote"]
    assert citation["document"] == "izmir-2024-performans" and citation["line_start"] == 2138
    assert "[1]" in answer["answer"] and len(answer["passages"]) == 10
    assert all(len(passage["text"]) <= 1500 for passage in answer["passages"])


def test_ask_for_people(run, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("ask", "2024 asfalt hedefi nedir?", "--index", city_index)
    assert status == 0 and "1.100.000" in out and "[1]" in out


def test_search(run, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("search", "sokak hayvanı kısırlaştırma", "--json", "-k", 3, "--index", city_index)
    assert status == 0 and len(json.loads(out)) == 3


def test_batch(run, city_index: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    questions = tmp_path / "q.jsonl"
    lines = [
        {"id": "a", "question": "2024 asfalt hedefi nedir?"},
        {"id": "b", "question": "Peki 2023 hedefi?", "history": ["2024 asfalt hedefi nedir?"]},
        {"id": "c", "question": "   "},
        {"id": "d", "question": "x" * 20_000},
    ]
    questions.write_text("\n".join(json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    status, _, _ = run("ask", "--batch", questions, "--output", tmp_path / "a.jsonl", "--index", city_index)
    answers = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert status == 0 and [answer["id"] for answer in answers] == ["a", "b", "c", "d"]
    assert [answer["status"] for answer in answers[2:]] == ["abstained", "abstained"]
    assert "boş" in answers[2]["answer"] and "çok uzun" in answers[3]["answer"]


@pytest.mark.parametrize(
    ("content", "told"),
    [("{", ":1:"), ('{"id": "a"}', "question"), ('{"id": 1, "question": "x"}', "id"), ("\udcff", "UTF-8")],
)
def test_a_bad_batch(run, city_index: Path, tmp_path: Path, content: str, told: str) -> None:  # type: ignore[no-untyped-def]
    questions = tmp_path / "q.jsonl"
    questions.write_bytes(content.encode("utf-8", "surrogateescape"))
    status, _, error = run("ask", "--batch", questions, "--output", tmp_path / "a", "--index", city_index)
    assert status == 2 and told in error and error.count("\n") == 1 and not (tmp_path / "a").exists()


@pytest.mark.parametrize("question", ["", "   \t\n", "\x00\x01", "?!…", "x" * 20_000])
def test_a_question_that_is_none(run, city_index: Path, question: str) -> None:  # type: ignore[no-untyped-def]
    status, out, error = run("ask", question, "--index", city_index)
    assert status == 2 and not out and error.startswith("kentesor: ") and error.count("\n") == 1


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script> asfalt",
        "'; DROP TABLE passages; --",
        "asfalt\x00\x07 hedefi",
        "%s %n {0} \\x00",
        "İ" * 500,
    ],
)
def test_a_strange_question_is_text(run, city_index: Path, question: str) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("ask", question, "--json", "--index", city_index)
    assert status == 0 and json.loads(out)["status"] in ("answered", "abstained")


def test_no_index(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, _, error = run("ask", "soru", "--index", tmp_path)
    assert status == 1 and "kentesor index" in error and error.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "soru", "--batch", "x", "--output", "y"),
        ("ask", "--batch", "x"),
        ("nonsense",),
        ("search", "x", "-k", 0),
    ],
)
def test_wrong_usage(run, arguments: tuple[object, ...]) -> None:  # type: ignore[no-untyped-def]
    status, _, error = run(*arguments)
    assert status == 2 and error


def test_names_that_the_index_does_not_hold(run, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    for arguments in (
        ("ask", "soru", "--document", "yok"),
        ("ask", "soru", "--municipality", "Atlantis"),
        ("tables", "yok"),
    ):
        status, _, error = run(*arguments, "--index", city_index)
        assert status == 2 and "Olanlar: " in error and error.count("\n") == 1


def test_verify(run, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    status, out, _ = run("verify", "--index", city_index)
    assert status == 0 and "sağlam" in out


def test_index_reports_what_failed(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "belgeler"
    folder.mkdir()
    (folder / "iyi.txt").write_text(
        "ÖRNEK BELEDİYESİ\n\n2024 YILI FAALİYET RAPORU\n\nOn iki park yapıldı.\n", encoding="utf-8"
    )
    (folder / "kotu.txt").write_bytes(b"\x00\xff")
    status, out, _ = run("index", "--corpora", folder, "--index", tmp_path / "dizin")
    assert status == 0 and "1 belge" in out and "kotu.txt" in out
