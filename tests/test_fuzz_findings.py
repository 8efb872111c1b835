"""What fuzzing has found stays mended, and the targets of fuzzing run."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import check_numbers, check_readers, check_tables

TABLES = (
    "ffff0057df74ff7572ff0025",
    "d900904d642e909090901bbcae81092f",
)
"""A line of white space alone above a table; a word that is nothing without its signs."""


@pytest.mark.parametrize("data", TABLES)
def test_tables_that_broke_a_family_are_read(data: str) -> None:
    assert check_tables(bytes.fromhex(data)).endswith("tables")


def test_targets_run() -> None:
    assert check_numbers(b"\x03" + b"1.100.000 ton") == "figures"
    assert check_readers(b"\x00" + b"Belediye") == ".txt read"
    assert check_readers(b"\x05" + b"%PDF-1.7") == ".pdf refused"
