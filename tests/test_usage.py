"""A command that is called in a wrong way is told in Turkish, in one line, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command

from app.cli import app

OPTIONS = "--json, --municipality, --year, --document, --explain, --batch, --output, --index, --help"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--foo", "--foo: böyle bir seçenek yok. Olanlar: --help. Yardım: kentesor --help"),
        ("ask x --yaer 3", f"--yaer: böyle bir seçenek yok. Olanlar: {OPTIONS}. Yardım: kentesor ask --help"),
        ("ask --batch", "--batch: yanına bir değer yazılmalı. Yardım: kentesor --help"),
        ("ask x --json=3", "--json: değer almaz, yalnız yazılır. Yardım: kentesor --help"),
        ("ask a b", "b: fazladan yazılmış; boşluklu sözleri tırnak içine alın. Yardım: kentesor ask --help"),
        ("remove", "BELGE verilmemiş (Belge kimliği). Yardım: kentesor remove --help"),
        ("facts --year abc", "--year: 'abc' olmaz; beklenen: sayı. Yardım: kentesor facts --help"),
        ("facts --limit 0", "--limit: '0' olmaz; beklenen: sayı, en az 1. Yardım: kentesor facts --help"),
        ("search x -k 101", "-k: '101' olmaz; beklenen: sayı, 1 ile 100 arasında. Yardım: kentesor search --help"),
        (
            "facts --format pdf",
            "--format: 'pdf' olmaz; olanlar: table, csv, json, parquet. Yardım: kentesor facts --help",
        ),
        ("evaluate export", "KLASÖR verilmemiş (Yazılacak klasör). Yardım: kentesor evaluate export --help"),
    ],
)
def test_what_is_wrong_and_what_to_do(run, arguments: str, told: str) -> None:  # type: ignore[no-untyped-def]
    assert run(*arguments.split()) == (2, "", f"kentesor: {told}\n")


def test_an_unknown_command_is_answered_by_those_there_are(run) -> None:  # type: ignore[no-untyped-def]
    status, out, error = run("sreach", "asfalt")
    assert (status, out) == (2, "") and error.count("\n") == 1
    assert error.startswith("kentesor: sreach: böyle bir komut yok. Olanlar: index, ask, search, ")


def commands(command: Any, *called: str) -> Iterator[tuple[str, ...]]:
    yield called
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *called, name)


@pytest.mark.parametrize("called", [*commands(get_command(app))], ids=" ".join)
def test_help_is_in_turkish_alone(run, called: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    status, out, error = run(*called, "--help")
    assert (status, error) == (0, "") and out.startswith(f"Kullanım: {' '.join(('kentesor', *called))} ")
    for english in ("Usage", "OPTIONS", "Options:", "Arguments:", "Commands:", "Show this", "default", "required"):
        assert english not in out
    for kind in ("<str>", "<path>", "<int", "<list", "TEXT", "INTEGER"):
        assert kind not in out


def test_a_command_without_anything_shows_its_help(run) -> None:  # type: ignore[no-untyped-def]
    for called in ((), ("evaluate",)):
        status, out, error = run(*called)
        assert (status, out) == (2, "") and error.startswith("Kullanım: ") and "Komutlar:" in error
