"""Cost tables by economic code: real ones of two layouts and a small one of another municipality."""

from __future__ import annotations

import pytest
from table_reading import IZMIR, KAYSERI, corpus, read, row_at, table_at, texts

from indexer.tables import costs
from indexer.tables.forms import split_units

FORM = """FAALİYET MALİYETLERİ TABLOSU
İdare Adı BİR BELEDİYESİ
Performans Hedefi 2.1.1 Temiz çevre sağlamak
Faaliyet Adı Çöp toplama
hizmeti
Sorumlu Harcama
Birimi veya Birimleri

Temizlik İşleri Müdürlüğü, Fen İşleri Müdürlüğü
Ekonomik Kod 2026 (TL)
Bütçe Kaynak İhtiyacı
01 Personel Giderleri 1.000.000,00
02 SGK Devlet Primi
Giderleri 250.000,00
03 Mal ve Hizmet Alım Giderleri
750.000,00
04 Faiz Giderleri \u00a0
05 Cari Transferler
Toplam Bütçe Kaynak İhtiyacı 2.000.000,00
Bütçe Dışı Kaynak Döner Sermaye 0,00
Diğer Yurt İçi 100.000,00
Yurt Dışı -
Toplam Bütçe Dışı Kaynak
İhtiyacı 100.000,00
Toplam Kaynak İhtiyacı 2.100.000,00

Kurumun yapısı 3 bölümdür.
"""


def test_form_of_another_municipality() -> None:
    (table,) = read(FORM)
    assert [(row.code, row.label, texts(row)) for row in table.rows] == [
        ("01", "01 Personel Giderleri", ["1.000.000,00"]),
        ("02", "02 SGK Devlet Primi Giderleri", ["250.000,00"]),
        ("03", "03 Mal ve Hizmet Alım Giderleri", ["750.000,00"]),
        ("04", "04 Faiz Giderleri", [None]),
        ("05", "05 Cari Transferler", [None]),
        (None, "Toplam Bütçe Kaynak İhtiyacı", ["2.000.000,00"]),
        (None, "Döner Sermaye", ["0,00"]),
        (None, "Diğer Yurt İçi", ["100.000,00"]),
        (None, "Yurt Dışı", ["-"]),
        (None, "Toplam Bütçe Dışı Kaynak İhtiyacı", ["100.000,00"]),
        (None, "Toplam Kaynak İhtiyacı", ["2.100.000,00"]),
    ]
    assert table.context == ("Performans Hedefi 2.1.1 Temiz çevre sağlamak", "Çöp toplama hizmeti")
    assert {row.units_responsible for row in table.rows} == {("Temizlik İşleri Müdürlüğü", "Fen İşleri Müdürlüğü")}
    assert [row.section for row in table.rows][6:9] == [("Bütçe Dışı Kaynak",)] * 3
    (column,) = table.columns
    assert (column.name, column.year, column.measure, column.unit) == ("2026 (TL)", 2026, "budget", "TL")


def test_prose_about_economic_codes_is_no_table() -> None:
    assert read("Ekonomik Kod sınıflandırması 2026 yılında değişmiştir.\n01 Ocak 2026 tarihinden sonra 5 kişi.\n") == []
    assert read(FORM.replace("Toplam Kaynak İhtiyacı", "Başka bir satır")) == []


def test_two_periods_keep_an_empty_cell_in_its_place() -> None:
    (table,) = read(
        "Ekonomik Kod\t\t2025 (TL)\t2026 (TL)\n01\tPersonel Giderleri\t900,00\t1.100,00\n"
        "03\tMal ve Hizmet Alım Giderleri\t\t200,00\nToplam Kaynak İhtiyacı\t\t900,00\t1.300,00\n"
    )
    assert [texts(row) for row in table.rows] == [["900,00", "1.100,00"], [None, "200,00"], ["900,00", "1.300,00"]]
    (flat,) = read(
        "Ekonomik Kod 2025 2026\n01 Personel Giderleri 900,00 1.100,00\n03 Mal ve Hizmet 200,00\n"
        "Toplam Kaynak İhtiyacı 900,00 1.300,00\n"
    )
    assert [row.ambiguous for row in flat.rows] == [False, True, False]


@pytest.mark.parametrize(("name", "number"), [(IZMIR, 295), (KAYSERI, 123)])
def test_every_activity_has_its_cost_table(name: str, number: int) -> None:
    tables = [table for table in corpus(name)[1] if table.family == costs.READER.family]
    assert len(tables) == number
    for table in tables:
        assert table.rows[0].units_responsible
        assert table.rows[-1].label == "Toplam Kaynak İhtiyacı"
        assert not any(row.ambiguous for row in table.rows)


@pytest.mark.parametrize(
    ("name", "line", "code", "label", "cell"),
    [
        (IZMIR, 4659, "6", "6. Sermaye Giderleri", "270.000.000,00"),
        (IZMIR, 4660, "7", "7. Sermaye Transferleri", None),
        (IZMIR, 14485, "3", "3. Mal ve Hizmet Alım Giderleri", "21.600.000,00"),  # a no-break space before the value
        (IZMIR, 14106, "6", "6. Sermaye Giderleri", None),  # no sign of the empty cell
        (IZMIR, 14766, None, "Toplam Bütçe Dışı Kaynak İhtiyacı", "0,00"),
        (KAYSERI, 945, "03", "Mal ve Hizmet Alım Giderleri", "437.000,00"),  # the value right of its header
        (KAYSERI, 1711, "03", "03 Mal ve Hizmet Alım Giderleri", "63.184.000,00"),  # code and name in one cell
        (KAYSERI, 1450, None, "Diğer Yurt İçi", "540.000.000,00"),
        (KAYSERI, 1411, "04", "Faiz Giderleri", "64.000.000,00"),
    ],
)
def test_rows(name: str, line: int, code: str | None, label: str, cell: str | None) -> None:
    row = row_at(name, line)
    assert (row.code, row.label, texts(row)) == (code, label, [cell])


def test_context_ends_with_the_activity() -> None:
    assert table_at(IZMIR, 4723).context[-4:] == (
        "Amaç 1. Herkesi Kapsayan Sürdürülebilir Bir Altyapı Oluşturmak",
        "Hedef 1.1 Kent Ekonomisine Katkı Sunacak Şekilde Sürdürülebilir Bir Kent Altyapısı İnşa Edilecek",
        "Performans Hedefi 1.1.1. Altyapı Çalışmalarının ve Mevcut Altyapının Bakım-Onarım Faaliyetlerini"
        " Eşgüdüm İçerisinde Yürütmek",
        "Ulaşım Yollarında Asfalt Kaplama, Bakım, Onarım ve Düzenleme Yapılması Faaliyetleri",
    )
    assert table_at(KAYSERI, 1034).context[-1] == "Kentsel dönüşüm alanları belirlenerek ilan edilme faaliyetleri"


def test_units_are_parted_at_their_last_words() -> None:
    assert split_units("Etüd ve Projeler Dairesi Başkanlığı Yapı İşleri Dairesi Başkanlığı") == (
        "Etüd ve Projeler Dairesi Başkanlığı",
        "Yapı İşleri Dairesi Başkanlığı",
    )
    assert split_units("Zabıta Müdürlüğü ve Fen İşleri Müdürlüğü") == ("Zabıta Müdürlüğü", "Fen İşleri Müdürlüğü")
    assert split_units("Başkan") == ("Başkan",)
