"""Files for spreadsheets hold text from documents as text and numbers as numbers."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from app.facts import facts_csv
from app.spreadsheets import csv_text
from qa.engine import Engine

CALL = 'HYPERLINK("http://x";"y")'


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "-5+", "＝"])
def test_what_would_be_a_formula_is_text(sign: str) -> None:
    assert csv_text(sign + CALL) == f"'{sign}{CALL}"


@pytest.mark.parametrize("text", ["-5", "+5", "-1.250,5", "-%4,5", "-4.5%", "", "Park - bahçe", "a=b", "1=1", "5"])
def test_numbers_and_other_text_stay_as_they_are(text: str) -> None:
    assert csv_text(text) == text


def test_facts_are_written_without_formulas(engine: Engine) -> None:
    held = engine.index.documents
    fact = engine.index.facts[0]
    figure = replace(fact.figure, value=-fact.figure.value, text=f"-{fact.figure.text}")
    hostile = replace(fact, label=f"={CALL}", context=(f"+{CALL}",), reason=f"@{CALL}", figure=figure)
    first, second = csv.DictReader(io.StringIO(facts_csv([fact, hostile], held)))
    assert [second[name] for name in ("label", "context", "reason")] == [f"'{sign}{CALL}" for sign in "=+@"]
    assert (second["value"], second["text"]) == (f"-{first['value']}", f"-{first['text']}")
    assert first["label"] == fact.label
