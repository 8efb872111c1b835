"""Tables of strategic plans and programmes in the manners in which flattening leaves them."""

from __future__ import annotations

import pytest
from table_reading import read, texts

from indexer.tables import READERS

CARD = """\
PG4.1.1: Yapılan köprü sayısı (adet) 60 3 4 5 6 6 Ay Yıllık
PG4.1.2: Onarılan köprü sayısı (adet) 40 1 2 3 4 6 Ay Yıllık
"""


def columns(text: str) -> list[tuple[str, int | None, str]]:
    (table,) = read(text, READERS)
    return [(column.name, column.year, column.measure) for column in table.columns]


def rows(text: str) -> list[tuple[str, list[str | None], bool]]:
    (table,) = read(text, READERS)
    return [(row.label, texts(row), row.ambiguous) for row in table.rows]


@pytest.mark.parametrize(
    "header",
    [
        "Hedefe Plan Dönemi İzleme Rapor\n"
        "Performans Göstergeleri Etkisi Başlangıç 2031 2032 2033 Sıklığı Sıklığı\n(%) Değeri (2030)\n",
        "Performans Hedefe Plan Dönemi 2031 2032 2033 İzleme Rapor\n"
        "Göstergeleri Etkisi (%) Başlangıç Değeri (2030) Sıklığı Sıklığı\n",
    ],
)
def test_columns_of_a_header_whose_cells_wrap_beside_each_other(header: str) -> None:
    assert columns(header + CARD) == [
        ("Hedefe Etkisi (%)", None, "other"),
        ("Plan Dönemi Başlangıç Değeri (2030)", 2030, "actual"),
        ("2031", 2031, "target"),
        ("2032", 2032, "target"),
        ("2033", 2033, "target"),
        ("İzleme Sıklığı", None, "other"),
        ("Rapor Sıklığı", None, "other"),
    ]
    assert [row[0] for row in rows(header + CARD)] == ["Yapılan köprü sayısı (adet)", "Onarılan köprü sayısı (adet)"]


def test_kind_that_goes_on_in_the_line_below_is_that_of_the_only_column_it_fits() -> None:
    header = "2030 2031 2032\nPerformans Göstergeleri Birim Gerçekleşen Gerçekleşme Hedef\nTahmini\n"
    assert columns(header + "Yapılan köprü sayısı adet 1 2 3\nOnarılan köprü sayısı adet 4 5 6\n") == [
        ("2030 Gerçekleşen", 2030, "actual"),
        ("2031 Gerçekleşme Tahmini", 2031, "estimate"),
        ("2032 Hedef", 2032, "target"),
    ]


def test_rest_that_fits_two_columns_makes_none_of_them_certain() -> None:
    header = "2030 2031 2032\nPerformans Göstergeleri Birim Gerçekleşme Gerçekleşme Hedef\nTahmini\n"
    body = "Yapılan köprü sayısı adet 1 2 3\nOnarılan köprü sayısı adet 4 5 6\n"
    assert all(row.ambiguous for table in read(header + body, READERS) for row in table.rows)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Plan Dönemi Hedefleri 2031 2032 2033", ["2031", "2032", "2033"]),
        ("1. Yıl (2031) 2. Yıl (2032) 3. Yıl (2033)", ["1. Yıl (2031)", "2. Yıl (2032)", "3. Yıl (2033)"]),
    ],
)
def test_years_of_a_plan_hold_targets(header: str, names: list[str]) -> None:
    text = f"Performans Göstergeleri Ölçü Birimi Etki (%) Başlangıç Değeri (2030) {header}\n"
    body = "Yapılan köprü sayısı adet 60 1 2 3 4\nOnarılan köprü sayısı adet 40 4 5 6 7\n"
    found = columns(text + body)
    assert found[2:] == [(name, year, "target") for name, year in zip(names, (2031, 2032, 2033), strict=True)]


def test_label_that_goes_on_below_its_values() -> None:
    text = (
        "Performans Göstergesi Ölçü Birimi 2031 Hedef 2032 Hedef\n"
        "Evde bakım hizmeti verilen yaşlı\nkişi 50 70\nsayısı\n"
        "Köprülerden geçen günlük\nadet 9 12\naraç sayısı\nKütüphane üyesi\nkişi 3 4\nçocukların sayısı\n"
    )
    assert rows(text) == [
        ("Evde bakım hizmeti verilen yaşlı sayısı", ["50", "70"], False),
        ("Köprülerden geçen günlük araç sayısı", ["9", "12"], False),
        ("Kütüphane üyesi çocukların sayısı", ["3", "4"], False),
    ]


def test_text_below_the_values_of_a_coded_row_ends_its_label() -> None:
    text = (
        "Performans Göstergeleri 2031 2032\nHedef Hedef\nPG1.1.1 Açılan Kent\n5 6\nLokantası sayısı\n"
        "PG1.1.2 Dağıtılan ağaç fidanı sayısı\n7 8\n(adet)\nSorumlu Birim Park ve Bahçeler Müdürlüğü\n"
    )
    assert [row[0] for row in rows(text)] == ["Açılan Kent Lokantası sayısı", "Dağıtılan ağaç fidanı sayısı (adet)"]
