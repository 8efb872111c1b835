from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from indexer.outline import Outline
from indexer.records import Document, Row, Source, Table
from indexer.tables.projects import READER

CORPORA = Path(__file__).parent.parent / "corpora"
HEADER = "İlgili Birim Performans Göstergesi 2025 2026 2027"


def read(text: str) -> list[Table]:
    return list(READER.read(Document(Source("x", "x", "x", "x", "x"), text), Outline(())))


@cache
def real_rows() -> dict[int, Row]:
    text = (CORPORA / "defne-2023-performans.txt").read_bytes().decode("utf-8")
    document = Document(Source("d", "d", "d", "d", "d"), text)
    return {document.line_range(row.span)[0]: row for table in READER.read(document, Outline(())) for row in table.rows}


def cells(row: Row) -> list[str | None]:
    return [cell.text if cell else None for cell in row.cells]


def test_a_small_table_of_another_municipality() -> None:
    text = "\n".join(
        [
            HEADER,
            "",
            "Faaliyet 2.1.3",
            "Sahil yolunun ",
            "yenilenmesi ",
            "",
            "Fen İşleri ",
            "Müdürlüğü ",
            "",
            "Yenilenen yol ",
            "uzunluğu 10.000 12.000 14.000",
            "",
            "Faaliyet 2.1.4 Park yapımı Fen İşleri ",
            "Müdürlüğü 2 adet park   ",
            "",
            "Fen İşleri Müdürlüğü Toplamı: 10.000 12.000 14.000",
        ]
    )
    (table,) = read(text)
    assert [(column.name, column.year, column.measure) for column in table.columns] == [
        ("2025", 2025, "budget"),
        ("2026", 2026, "budget"),
        ("2027", 2027, "budget"),
    ]
    first, second, total = table.rows
    assert (first.code, first.label, first.section) == (
        "2.1.3",
        "Yenilenen yol uzunluğu",
        ("Sahil yolunun yenilenmesi",),
    )
    assert first.units_responsible == ("Fen İşleri Müdürlüğü",)
    assert cells(first) == ["10.000", "12.000", "14.000"]
    assert (second.label, cells(second), second.ambiguous) == ("2 adet park", [None] * 3, False)
    assert (total.label, total.code) == ("Fen İşleri Müdürlüğü Toplamı", None)


def test_a_short_row_without_evidence_is_ambiguous() -> None:
    text = "\n".join(
        [
            HEADER,
            "",
            "Proje 1.1.1",
            "Köprü",
            "",
            "Fen Md. ",
            "",
            "1 köprü 10.000 20.000",
            "",
            "Proje 1.1.2",
            "Yol",
            "",
            "Fen Md. ",
            "",
            "1 yol 5.000 6.000 7.000",
        ]
    )
    first, second = read(text)[0].rows
    assert first.ambiguous
    assert not second.ambiguous


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], ["  "], ["10.000", None, None]),
        ([" "], [" "], [None, "10.000", None]),
    ],
)
def test_runs_of_spaces_place_a_short_row(before: list[str], after: list[str], expected: list[str | None]) -> None:
    text = "\n".join(
        [HEADER, "", "Proje 1.1.1", "Köprü", "", "Fen Md. ", "", "1 köprü", "", *before, "10.000 ", *after, ""]
    )
    (row,) = read(text)[0].rows
    assert cells(row) == expected
    assert not row.ambiguous


def test_a_total_settles_a_short_row() -> None:
    text = "\n".join(
        [
            HEADER,
            "",
            "Proje 1.1.1",
            "Köprü",
            "",
            "Fen Md. ",
            "",
            "1 köprü 10.000 20.000",
            "",
            "Proje 1.1.2",
            "Yol",
            "",
            "Fen Md. ",
            "",
            "1 yol 5.000 6.000 7.000",
            "",
            "Fen Müdürlüğü Toplamı: 5.000 16.000 27.000",
        ]
    )
    first = read(text)[0].rows[0]
    assert cells(first) == [None, "10.000", "20.000"]
    assert not first.ambiguous


def test_indicator_tables_are_left_to_others() -> None:
    assert read("Performans Göstergesi 2022 2023 2024\n\nYapılan Park Sayısı Adet 1 2 5\n") == []


def test_real_rows() -> None:
    rows = real_rows()
    assert cells(rows[461]) == ["25,000", "25,000", "25,000", None, None]
    assert rows[461].code == "3.9.1"
    assert rows[1139].units_responsible == ("İmar ve Şehircilik Md.", "Fen İşleri Md.")
    assert cells(rows[1139]) == ["100,000"] * 5
    assert (rows[818].label, rows[818].note) == ("Her yıl 30 bin m2", "Hatay Büyükşehir Belediyesinden talep edilecek")
    assert rows[839].label == "Sanat yapıları yapılması (menfez, köprü, istinat duvarı)"
    assert cells(rows[1951]) == ["200,000", None, None, None, None]
    assert len(rows) > 500
    assert not any(row.ambiguous for row in rows.values())
