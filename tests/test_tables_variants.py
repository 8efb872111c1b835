"""Prescribed forms as other municipalities print them: small tables with other names, orders and line splits."""

from __future__ import annotations

import pytest
from table_reading import read, texts

from indexer.records import Table
from indexer.tables import READERS

FRAME = "Giriş\n\n{}\nSonuç olarak bu metin burada biter ve devam etmez.\n"


def only(text: str) -> Table:
    (table,) = read(FRAME.format(text), READERS)
    return table


@pytest.mark.parametrize(
    ("text", "columns", "cells"),
    [
        (
            "Performans Göstergesi Birim 2023 Hedef 1. Çeyrek 2. Çeyrek Yıl Sonu Gerçekleşme (%)\n\n"
            "Dikilen fidan sayısı Adet 1.000 200 300 500 50\nBakımı yapılan park sayısı Adet 50 10 10 20 40\n",
            ["2023 Hedef", "1. Çeyrek", "2. Çeyrek", "Yıl Sonu", "Gerçekleşme (%)"],
            ["1.000", "200", "300", "500", "50"],
        ),
        (
            "Performans Göstergesi Birim 2023 Hedef 2023 Yıl Sonu Gerçekleşme (%)\n\n"
            "Kayıp kaçak oranı % 30 28\nMemnuniyet oranı % 80 85\n",
            ["2023 Hedef", "2023 Yıl Sonu Gerçekleşme (%)"],
            ["30", "28"],
        ),
        (
            "Performans Göstergeleri 2023 2024 2025\nG H H\n"
            "Yapılan konser sayısı (adet) 12 14 16\nKonser izleyen sayısı (kişi) 12.500 14.000 16.000\n",
            ["2023 G", "2024 H", "2025 H"],
            ["12", "14", "16"],
        ),
        (
            "Kod Açıklama 2022 Gerçekleşen 2023 Bütçe 2024 Teklif\n"
            "01 Personel Giderleri 12.000.000,00 15.000.000,00 20.000.000,00\n"
            "02 SGK Devlet Primi Giderleri 2.000.000,00 2.500.000,00 3.000.000,00\n"
            "TOPLAM 14.000.000,00 17.500.000,00 23.000.000,00\n",
            ["2022 Gerçekleşen", "2023 Bütçe", "2024 Teklif"],
            ["12.000.000,00", "15.000.000,00", "20.000.000,00"],
        ),
        (
            "Unvan / Kadro Dolu Boş Toplam\n\nMemur 120 45 165\nSözleşmeli Personel 20 5 25\nTOPLAM 140 50 190\n",
            ["Dolu", "Boş", "Toplam"],
            ["120", "45", "165"],
        ),
        (
            "Hesap Kodu Hesap Adı 2022 2023\n10 Hazır Değerler 1.204.331,12 2.001.118,40\n"
            "12 Faaliyet Alacakları 8.114.005,00 9.120.441,77\nTOPLAM 9.318.336,12 11.121.560,17\n",
            ["2022", "2023"],
            ["1.204.331,12", "2.001.118,40"],
        ),
        (
            "Park Adı\tAlanı (m²)\tPark Adı\tAlanı (m²)\nÇınar Parkı\t1.200\tGöl Parkı\t350\nUlu Park\t80\t\t\n",
            ["Alanı (m²)"],
            ["1.200"],
        ),
        (
            "| PG No | Performans Göstergesi | Birim | Hedef | Gerçekleşme |\n|---|---|---|---|---|\n"
            "| PG 1.1 | Dikilen ağaç sayısı | Adet | 1.000 | 900 |\n| PG 1.2 | Yapılan park sayısı | Adet | 3 | 3 |\n",
            ["Hedef", "Gerçekleşme"],
            ["1.000", "900"],
        ),
        (
            "İmar Komisyonu Çevre Komisyonu\n\nAyşe DEMİR Başkan Ali Can KAYA Başkan\n\nVeli TAŞ Üye Ece SU Üye\n\n"
            "Can ER Üye Oya AK Üye\n",
            ["İmar Komisyonu", "Çevre Komisyonu"],
            ["Ayşe DEMİR Başkan", "Ali Can KAYA Başkan"],
        ),
        (
            "Mahalle Nüfus Mahalle Nüfus Mahalle Nüfus\n\nAksu 5.114 Göl 9.837 Kaya 1.906\n\nTaş 96 Su 12 Kum 30\n",
            ["Nüfus"],
            ["5.114"],
        ),
    ],
)
def test_first_row_and_columns(text: str, columns: list[str], cells: list[str]) -> None:
    table = only(text)
    assert [column.name for column in table.columns] == columns
    assert texts(table.rows[0]) == cells
    assert not any(row.ambiguous for row in table.rows)


def test_cost_table_with_a_level_and_periods_below_each_other() -> None:
    table = only(
        "Ekonomik Sınıflandırma\n(I. Düzey)\n\n2026\nBütçe (TL)\n\n2027\nTahmin (TL)\n\n"
        "01 Personel Giderleri 38.000.000,00 44.000.000,00\n02 SGK Devlet Primi Giderleri 5.500.000,00 6.300.000,00\n"
        "06 Sermaye Giderleri 9.500.000,00 \u00a0\nToplam Bütçe Kaynak İhtiyacı 53.000.000,00 50.300.000,00\n"
    )
    assert [column.name for column in table.columns] == ["2026 Bütçe (TL)", "2027 Tahmin (TL)"]
    assert texts(table.rows[2]) == ["9.500.000,00", None]


def test_sign_behind_a_label_and_label_torn_over_a_blank_line() -> None:
    table = only(
        "Gelirin Türü 2020 Gerçekleşen 2021 Gerçekleşen\n\n01 Vergi Gelirleri 22.418.305,11 27.904.112,68\n\n"
        "03 Dahilde Alınan Mal ve Hizmet\n\nVergileri 4.318.186,71 5.048.902,95\n\n"
        "09 Ret ve İadeler (-) -118.402,66 -204.877,05\n\nTOPLAM 26.618.089,16 32.748.138,58\n"
    )
    assert [row.label for row in table.rows][1:3] == [
        "03 Dahilde Alınan Mal ve Hizmet Vergileri",
        "09 Ret ve İadeler (-)",
    ]
    assert texts(table.rows[2]) == ["-118.402,66", "-204.877,05"]
