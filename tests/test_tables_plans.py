"""Tables of strategic plans and programmes in the manners in which flattening leaves them."""

from __future__ import annotations

import pytest
from table_reading import read, texts

from indexer.records import Line
from indexer.tables import READERS
from indexer.tables.values import Tail, tail

CARD = """\
PG4.1.1: Yapılan köprü sayısı (adet) 60 3 4 5 6 6 Ay Yıllık
PG4.1.2: Onarılan köprü sayısı (adet) 40 1 2 3 4 6 Ay Yıllık
"""


def columns(text: str) -> list[tuple[str, int | None, str]]:
    (table,) = read(text, READERS)
    return [(column.name, column.year, column.measure) for column in table.columns]


def tail_of(text: str) -> Tail:
    return tail(Line(1, 0, text), "dot")


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


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Amaç / Hedef 2031 2032 2033 Toplam Maliyet\n", ["2031", "2032", "2033", "Toplam Maliyet"]),
        ("2031 2032 2033 Toplam Maliyet\n", ["2031", "2032", "2033", "Toplam Maliyet"]),
        (
            "Amaç ve Hedefler Planın\n1. Yılı\nPlanın\n2. Yılı\nPlanın\n3. Yılı\nToplam\nKaynak\n",
            ["Planın 1. Yılı", "Planın 2. Yılı", "Planın 3. Yılı", "Toplam Kaynak"],
        ),
    ],
)
def test_costs_of_aims_and_targets_by_year(head: str, names: list[str]) -> None:
    text = (
        f"Tablo 3: Tahmini Maliyetler (TL)\n{head}AMAÇ 1 3.000.000 4.000.000 5.000.000 12.000.000\n"
        "Hedef 1.1 1.000.000 1.500.000 2.000.000 4.500.000\nHedef 1.2 2.000.000 2.500.000 3.000.000 7.500.000\n"
        "TOPLAM 3.000.000 4.000.000 5.000.000 12.000.000\n"
    )
    assert [column[0] for column in columns(text)] == names
    assert rows(text)[1] == ("Hedef 1.1", ["1.000.000", "1.500.000", "2.000.000", "4.500.000"], False)


def test_numbers_of_targets_are_labels_where_each_cell_has_a_line() -> None:
    goals = [("Amaç 1", "30.000"), ("Hedef 1.1", "10.000"), ("Hedef 1.2", "20.000"), ("Amaç 2", "5.000")]
    body = "".join(f"{name}\n{cost}\n{cost}\n{cost}\n" for name, cost in goals)
    found = rows(f"Tablo 3: Tahmini Maliyetler (TL)\nAmaç / Hedef\n2031\n2032\nToplam\n{body}")
    assert [row[:2] for row in found] == [(name, [cost] * 3) for name, cost in goals]


def test_count_of_targets_stays_a_value() -> None:
    assert [value.text for value in tail_of("Stratejik Hedef 12").values] == ["12"]
    assert [value.text for value in tail_of("Stratejik Hedef 1.2 12 14").values] == ["12", "14"]


def test_label_of_a_first_row_that_wraps_below_the_header() -> None:
    text = (
        "Kaynaklar 2031 2032\nGenel Bütçe Vergi Gelirlerinden\nAlınan Pay 1.000 2.000\nBelediye Gelirleri 3.000 4.000\n"
        "Diğer Bağış, Yardım ve Proje\nGelirleri 5.000 6.000\nTOPLAM 9.000 12.000\n"
    )
    assert rows(text)[0][:2] == ("Genel Bütçe Vergi Gelirlerinden Alınan Pay", ["1.000", "2.000"])


def test_fields_below_a_row_are_its_note_and_no_label() -> None:
    fields = "Göstergeye İlişkin Açıklama: Yıl sonunda ölçülür.\nVerinin Kaynağı: Kurum kayıtları\nSorumlu İdare: X\n"
    text = (
        "Performans Göstergesi Ölçü Birimi 2031 Hedef 2032 Hedef\n"
        f"Açılan kreş sayısı Adet 5 6\n{fields}Onarılan köprü sayısı Adet 7 8\n{fields}"
    )
    (table,) = read(text, READERS)
    assert [row.label for row in table.rows] == ["Açılan kreş sayısı", "Onarılan köprü sayısı"]
    assert table.rows[0].note is not None and "Kurum kayıtları" in table.rows[0].note


INDICATORS = """\
Performans Göstergeleri Hedefe Etkisi (%) 2031 2032
PG1.1.1 Açılan kreş sayısı 40 5 6
PG1.1.2 Köprü sayısı 60 7 8
"""


@pytest.mark.parametrize(
    ("field", "units"),
    [
        ("Sorumlu Birim Fen İşleri Müdürlüğü\n", ("Fen İşleri Müdürlüğü",)),
        (
            "Riskler\n• Ödenek yetersizliği\nHedeften Sorumlu Birimler\n"
            "Fen İşleri Müdürlüğü\nPark ve Bahçeler Müdürlüğü\n",
            ("Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"),
        ),
        ("Tablo 2: Maliyetler\nFaaliyet Adı Kreş açılması\nSorumlu Harcama Birimi Fen İşleri Müdürlüğü\n", ()),
    ],
)
def test_responsible_units_of_a_card_are_those_of_its_indicators(field: str, units: tuple[str, ...]) -> None:
    table = read(f"{INDICATORS}{field}İşbirliği Yapılacak\nBirim(ler) Zabıta Müdürlüğü\n", READERS)[0]
    assert [row.units_responsible for row in table.rows] == [units, units]


@pytest.mark.parametrize(
    ("caption", "head", "kind"),
    [
        ("Tahmini Maliyetler (TL)", "Amaç / Hedef 2031 2032 Toplam Maliyet", "budget"),
        ("Faaliyetler", "Faaliyetler 2031 Bütçe 2032 Bütçe 2033 Bütçe", "budget"),
        ("Tablo 4: Abone Dağılımı", "Mahalle 2031 2032 Toplam", "other"),
    ],
)
def test_money_is_told_by_the_caption_or_the_columns(caption: str, head: str, kind: str) -> None:
    body = "Yol yapımı 1.000.000 2.000.000 3.000.000\nKöprü yapımı 4.000.000 5.000.000 9.000.000\n"
    (table,) = read(f"{caption}\n{head}\n{body}", READERS)
    assert table.kind == kind
