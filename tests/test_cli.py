"""The command line: one clear line and the right exit status for every kind of bad input, and no traceback."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from qa.engine import Engine

ROOT = Path(__file__).parent.parent


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


def test_a_document_is_added_removed_and_brought_back(run, tmp_path: Path, monkeypatch, words) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("app.cli.open_encoder", lambda: words)
    folder, index = tmp_path / "belgeler", tmp_path / "dizin"
    folder.mkdir()
    for name in ("kars", "rize"):
        (folder / f"{name}.txt").write_text(f"{name.upper()} BELEDİYESİ\n\nOn iki park yapıldı.\n", encoding="utf-8")
        status, out, _ = run("index", "--corpora", folder, "--index", index)
        assert status == 0 and f"işlendi: {name}" in out
    assert "1 belge işlendi, 1 belge önceki çalışmalardan alındı" in out
    status, out, _ = run("rollback", "--index", index)
    assert status == 0 and "1 belge: kars" in out
    assert run("index", "--corpora", folder, "--index", index)[0] == 0
    status, out, _ = run("remove", "rize", "--index", index)
    assert status == 0 and "1 belge kaldı" in out and "yeniden alır" in out
    status, out, _ = run("verify", "--index", index)
    assert status == 0 and "1 belge," in out and "sürüm" in out
    status, _, error = run("remove", "rize", "--index", index)
    assert status == 2 and "Olanlar: kars" in error and error.count("\n") == 1


def test_a_broken_catalogue_is_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "sources.toml").write_text("x = [")
    (tmp_path / "a.txt").write_text("Park yapıldı.", encoding="utf-8")
    status, out, error = run("index", "--corpora", tmp_path, "--index", tmp_path / "dizin")
    assert status == 1 and not out and "sources.toml" in error and error.count("\n") == 1


def test_an_index_path_that_is_a_file(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "dizin").write_text("x")
    for arguments, told in (
        (("index",), "klasör değil"),
        (("ask", "soru"), "kentesor index"),
        (("verify",), "dizin yok"),
    ):
        status, _, error = run(*arguments, "--index", tmp_path / "dizin")
        assert status == 1 and told in error and error.count("\n") == 1


def test_the_index_is_named_in_the_environment(run, city_index: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index))
    assert run("verify")[0] == 0
    monkeypatch.setenv("KENTESOR_INDEX", str(city_index / "yok"))
    status, _, error = run("verify")
    assert status == 1 and str(city_index / "yok") in error


def test_a_port_in_use_is_told_before_an_index_is_built(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, _, error = run("serve", "--port", taken.getsockname()[1], "--index", tmp_path / "dizin")
    assert status == 1 and "--port" in error and error.count("\n") == 1 and not (tmp_path / "dizin").exists()


@pytest.mark.parametrize("place", ["yok/a.jsonl", "."])
def test_answers_that_cannot_be_written(run, city_index: Path, tmp_path: Path, place: str) -> None:  # type: ignore[no-untyped-def]
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "a", "question": "asfalt"}\n', encoding="utf-8")
    folder = tmp_path / "yanıtlar"
    folder.mkdir()
    status, _, error = run("ask", "--batch", questions, "--output", folder / place, "--index", city_index)
    assert status == 1 and "--output" in error and error.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.jsonl", "yanıtlar"]


def test_an_error_nobody_thought_of_is_one_line(run, city_index: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("içeride")

    monkeypatch.setattr(Engine, "ask", broken)
    status, _, error = run("ask", "soru", "--index", city_index)
    assert status == 1 and "Traceback" not in error and error.count("\n") == 1


def test_a_reader_that_stops_early_sees_no_traceback(city_index: Path) -> None:
    command = f"{sys.executable} -m app.cli tables izmir-2024-performans --json --index {city_index} | head -c 20"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == '{"doc": "izmir-2024-' and not done.stderr
