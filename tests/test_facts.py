"""Facts say whose value it is, of what, for when, in which unit, and where exactly it stands."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from fact_reading import (
    DEFNE,
    IZMIR_2020,
    IZMIR_2024,
    KARS,
    KAYSERI,
    cell,
    document_of,
    facts_at,
    facts_of,
    summary,
    table,
)

from app.cli import main
from app.facts import Format, write_facts
from indexer.errors import InputError, StorageError
from indexer.fact_search import FactFilter, find_facts
from indexer.facts import read_facts
from indexer.prose_figures import read_prose_figures
from indexer.records import Column, Row, Span
from indexer.tables.columns import parse_column


@pytest.mark.parametrize("name", [IZMIR_2020, IZMIR_2024, KARS, KAYSERI, DEFNE])
def test_every_figure_stands_in_the_document_as_it_is_quoted(name: str) -> None:
    document, facts = facts_of(name)
    assert len(facts) > 500
    for fact in facts:
        assert document.text[fact.figure.span.start : fact.figure.span.end] == fact.figure.text
        assert fact.places[0].cell == fact.figure.span
        assert fact.label and fact.municipality == document.source.municipality


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        (
            IZMIR_2024,
            2138,
            [("actual", 2022, "773612", "ton"), ("target", 2023, "1500000", "ton"), ("target", 2024, "1100000", "ton")],
        ),
        (IZMIR_2024, 3212, [("actual", 2022, "7930101", "litre"), ("target", 2024, "10400000", "litre")]),
        (
            KAYSERI,
            1429,
            [("actual", 2023, "340000", "ton"), ("estimate", 2024, "250000", "ton"), ("target", 2025, "260000", "ton")],
        ),
        (KAYSERI, 1427, [("actual", 2023, "3", "yıl/adet"), ("target", 2025, "4", "yıl/adet")]),
        (IZMIR_2020, 14710, [("target", 2020, "1150000", "m²"), ("actual", 2020, "730840", "m²")]),
        (KARS, 7510, [("target", 2024, "80", "%"), ("actual", 2024, "0", "%"), ("rate", 2024, "0", "%")]),
        (DEFNE, 532, [("budget", year, "150000" if year == 2020 else "250000", "TL") for year in range(2020, 2025)]),
    ],
)
def test_columns_say_measure_year_and_unit(name: str, line: int, expected: list[tuple[object, ...]]) -> None:
    assert [summary(fact) for fact in facts_at(name, line)] == expected


def test_an_estimate_is_never_a_target() -> None:
    _, facts = facts_of(KAYSERI)
    assert {fact.measure for fact in facts if "Tahmin" in fact.column} == {"estimate"}


def test_an_item_of_a_cost_table_is_told_with_its_activity() -> None:
    fact = next(fact for fact in facts_at(IZMIR_2024, 8054) if fact.code == "6")
    assert fact.label == "Palyatif Bakım Ünitesi Faaliyetleri – Sermaye Giderleri"
    assert summary(fact) == ("budget", 2024, "900000.00", "TL")
    assert fact.units_responsible == ("Sağlık İşleri Dairesi Başkanlığı",)


def test_a_source_outside_the_budget_is_told_with_its_activity_too() -> None:
    (fact,) = facts_at(KAYSERI, 1644)
    assert fact.label.endswith("– Diğer Yurt İçi") and not fact.label.startswith("Bütçe Dışı Kaynak")


def test_a_project_is_told_with_its_name_and_printed_twice_is_one_fact() -> None:
    document, _ = facts_of(DEFNE)
    first = facts_at(DEFNE, 163)[0]
    assert first.label == 'Çevreye karşı duyarlılığı artırmak – Gençlere yönelik "çevreye saygı" bilgi seti hazırlamak'
    assert len(first.places) == 2
    prints = [document.text[place.cell.start : place.cell.end] for place in first.places]
    assert prints == ["10,000", "10,000"]


def test_a_project_whose_name_is_spelt_otherwise_is_the_same() -> None:
    facts = [fact for fact in facts_of(DEFNE)[1] if fact.code == "13.36.4" and fact.year == 2020]
    assert sorted(fact.figure.text for fact in facts) == ["2,000,000", "200,000"]
    assert all(len(fact.places) == 3 for fact in facts)


def test_contradicting_values_stay_apart() -> None:
    values = {fact.figure.text for fact in facts_of(IZMIR_2020)[1] if fact.label == "Kira Gelirleri"}
    assert "41.451.552,47" in values
    document = document_of("1.1.1 Park 10 TL 20 TL")
    rows = [Row("Park", (cell(document, text),), Span(0, 5), code="1.1.1") for text in ("10 TL", "20 TL")]
    assert len(read_facts(document, [table(document, [Column("2024", 2024, "budget")], rows, "budget")])) == 2


def test_labels_that_stand_under_several_codes_name_their_parent() -> None:
    labels = {fact.label for line in (4305, 4321) for fact in facts_at(IZMIR_2020, line)}
    assert len(labels) == 2 and all(label.endswith("– Memurlar") for label in labels)


def test_a_footnote_about_one_year_makes_that_year_cumulative_only() -> None:
    flags = {(fact.year, fact.cumulative) for fact in facts_at(IZMIR_2024, 2175)}
    assert flags == {(2022, False), (2023, False), (2024, True)}


def test_status_and_reason_are_as_printed() -> None:
    fact = facts_at(IZMIR_2020, 16204)[0]
    assert fact.status == "Geliştirilmeli"
    assert fact.reason == "Proje aşamasında onay alınamaması dolayısıyla hedeften sapma meydana gelmiştir."


def test_the_year_of_a_row_wins_over_that_of_the_report() -> None:
    rents = {fact.year: fact.figure.text for line in (2224, 2236) for fact in facts_at(IZMIR_2020, line)}
    assert rents == {2004: "9.241.835,75", 2010: "19.070.219,13"}


def test_no_year_is_told_where_the_table_speaks_of_others() -> None:
    document = document_of("İlk ödeme 30.09.2022 100,00 TL İkinci ödeme 200,00 TL")
    columns = [Column("Tarih"), Column("Tutar")]
    rows = [
        Row("İlk ödeme", (cell(document, "30.09.2022"), cell(document, "100,00 TL")), Span(0, 5)),
        Row("İkinci ödeme", (None, cell(document, "200,00 TL")), Span(6, 9)),
    ]
    assert [fact.year for fact in read_facts(document, [table(document, columns, rows)])] == [None, None]


def test_a_programmes_lists_are_of_no_certain_year_but_its_budgets_are() -> None:
    document = document_of("Otobüs 12 Yol 5.000,00", "performans", 2025)
    bus = Row("Otobüs", (cell(document, "12"),), Span(0, 9))
    road = Row("Yol", (cell(document, "5.000,00"),), Span(10, 22))
    lists = table(document, [Column("Adet", None, "count", "adet")], [bus])
    budgets = table(document, [Column("Bütçe İçi", None, "budget")], [road], "budget")
    assert [fact.year for fact in read_facts(document, [lists, budgets])] == [None, 2025]


def test_cells_of_several_figures_dates_and_ranges() -> None:
    document = document_of("Depo 300 m² / 2 adet Süre 4-10 gün Tarih 05.07.2022 Varış 5 dakika 22\nsaniye")
    texts = ("300 m² / 2 adet", "4-10 gün", "05.07.2022", "5 dakika 22\nsaniye")
    rows = [Row(f"Satır {n}", (cell(document, text),), Span(n, n + 1)) for n, text in enumerate(texts)]
    facts = read_facts(document, [table(document, [Column("Değer")], rows)])
    assert [(fact.figure.text, str(fact.figure.value), fact.unit) for fact in facts] == [
        ("300", "300", "m²"),
        ("2", "2", "adet"),
        ("5 dakika 22\nsaniye", "322", "saniye"),
    ]


def test_an_ambiguous_row_gives_ambiguous_facts() -> None:
    document = document_of("Park 1 2")
    row = Row("Park", (cell(document, "1"), cell(document, "2")), Span(0, 8), ambiguous=True)
    columns = [parse_column("2023 Hedef"), parse_column("2024 Hedef")]
    assert all(fact.ambiguous for fact in read_facts(document, [table(document, columns, [row], "indicator")]))
    unnamed = [fact for fact in facts_of(KARS)[1] if fact.column == "6. sütun"]
    assert all(fact.ambiguous and fact.unit is None for fact in unnamed)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Tahsil Edilen Kira Bedeli (TL)", "actual"),
        ("Sözleşme Bedeli", "other"),
        ("Hedef Bütçeye Göre %", "rate"),
        ("Abone Türüne Göre Abonelik Bilgileri", "other"),
        ("Tahsilatta Red ve İadeler", "other"),
        ("Ek ve Olağanüstü Verilen", "budget"),
    ],
)
def test_words_of_headers(header: str, measure: str) -> None:
    assert parse_column(header).measure == measure


@pytest.mark.parametrize("query", ["dökülecek sıcak asfalt", "dokulecek sicak asfalt", "dökülcek sıcak asfat miktarı"])
def test_search_forgives_typos_and_missing_turkish_letters(query: str) -> None:
    found = find_facts(facts_of(IZMIR_2024)[1], query)
    assert [fact.label for fact in found[:3]] == ["Dökülecek Sıcak Asfalt Miktarı"] * 3


def test_search_takes_filters_and_finds_nothing_for_nonsense() -> None:
    facts = [*facts_of(IZMIR_2024)[1], *facts_of(KAYSERI)[1]]
    only = FactFilter(documents=(KAYSERI,), years=(2024,), measures=("estimate",), units=("ton",))
    found = find_facts(facts, "sıcak asfalt", only)
    assert [fact.figure.text for fact in found] == ["250.000"]
    assert find_facts(facts, "qqqq zzzz") == [] and find_facts(facts, "ve") == []
    assert find_facts(facts) == facts and find_facts(facts, " ") == facts
    assert find_facts([], "asfalt") == []


def test_facts_are_written_as_csv_json_and_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document, facts = facts_of(DEFNE)
    documents, some = {document.id: document}, facts[:20]
    for form in Format:
        write_facts(some, documents, form, tmp_path / form)
    with (tmp_path / "csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    loaded = json.loads((tmp_path / "json").read_text(encoding="utf-8"))
    frame = pd.read_parquet(tmp_path / "parquet")
    for fact, row, item, exact in zip(some, rows, loaded, frame["exact"], strict=True):
        assert row["value"] == exact == str(fact.figure.value) and item["value"] == fact.figure.value
        assert document.text[item["start"] : item["end"]] == item["text"] == row["text"]
        assert document.line_at(item["start"]) in range(item["line_start"], item["line_end"] + 1)
    assert "Ras El-Seniy" in (tmp_path / "table").read_text(encoding="utf-8")
    write_facts([], documents, Format.JSON, None)
    assert json.loads(capsys.readouterr().out) == []


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, facts = facts_of(DEFNE)
    with pytest.raises(InputError, match="--output"):
        write_facts(facts[:1], {document.id: document}, Format.PARQUET, None)
    with pytest.raises(StorageError, match="yazılamadı"):
        write_facts(facts[:1], {document.id: document}, Format.CSV, tmp_path / "yok" / "olgular.csv")

    def absent(*_: object, **__: object) -> None:
        raise ImportError("Unable to find a usable engine")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", absent)
    with pytest.raises(InputError, match=r"kentesor\[parquet\]"):
        write_facts(facts[:1], {document.id: document}, Format.PARQUET, tmp_path / "olgular.parquet")


def test_figures_of_sentences_with_what_they_count() -> None:
    text = "Yıl içinde kente 1.250 adet çöp konteyneri alınmıştır. Nüfus %2,5 artmıştır.\n\n12\n\nPark 7 8 9"
    document = document_of(text)
    taken = [Span(text.index("Park"), len(text))]
    figures = read_prose_figures(document, taken)
    assert [(str(found.figure.value), found.figure.unit) for found in figures] == [("1250", "adet"), ("2.5", "%")]
    assert figures[0].phrase == "Yıl içinde kente 1.250 adet çöp konteyneri alınmıştır"
    for found in figures:
        sentence = text[found.sentence.start : found.sentence.end]
        assert text[found.figure.span.start : found.figure.span.end] == found.figure.text
        assert found.figure.text in sentence and sentence.endswith("tır.")


def test_a_line_without_end_is_read_in_reasonable_time() -> None:
    text = " ".join(f"{number} kişi" for number in range(5000)) + "\n\n" + "1," * 25_000 + "\n\n" + "ab12" * 12_500
    figures = read_prose_figures(document_of(text), [])  # minutes where each number looks at the whole line
    assert [int(found.figure.value) for found in figures] == list(range(5000))
    assert figures[2500].phrase == "kişi 2498 kişi 2499 kişi 2500 kişi 2501 kişi 2502 kişi 2503"


def test_the_command_filters_and_refuses(
    city_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["kentesor", "facts", *arguments, "--index", str(city_index)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    narrowed = ("--municipality", "izmir", "--year", "2024", "--measure", "target", "--unit", "TON", "--format", "json")
    status, out, _ = run("sicak asfalt", *narrowed)
    (found,) = json.loads(out)
    assert status == 0 and (found["text"], found["value"], found["line_start"]) == ("1.100.000", 1100000, 2138)
    assert len(json.loads(run("--limit", "3", "--format", "json")[1])) == 3
    for wrong in (("--measure", "umut"), ("--document", "yok"), ("--format", "parquet")):
        status, out, error = run(*wrong)
        assert status == 2 and not out and error.startswith("kentesor: ") and error.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "line", "label"),
    [
        (IZMIR_2020, 4756, "Dış İlişkiler ve Turizm Dairesi Başkanlığı – Toplam"),
        (IZMIR_2020, 4764, "3.1.4 Diğer İdarelere Transferler – Genel Toplam"),
        (IZMIR_2020, 4570, "İÇ BORÇLANMA – Bankalar – Ödeme"),
        (IZMIR_2020, 20957, "Eshot Genel Müdürlüğü – Toplu Ulaşım Aracı İç ve Dış Temizliği – Sözleşme Bedeli"),
        (KARS, 4390, "Yapım İşine Ait Bilgiler – Tahsis Edilen Kredi Miktarı"),
        (KARS, 4633, "Agrega ve Kum Mal Alım İşi – Sözleşme Bedeli"),
    ],
)
def test_a_label_names_the_owner_of_the_value(name: str, line: int, label: str) -> None:
    assert facts_at(name, line)[0].label == label


def test_the_caption_of_a_table_ends_the_path_of_its_facts() -> None:
    caption = "Kentsel Dönüşüm Kapsamında 2020 Yılı Sonunda Tamamlanan Konut / Ticaret İcmal Tablosu"
    assert {fact.context[-1] for fact in facts_at(IZMIR_2020, 7328)} == {caption}
    assert facts_at(KARS, 986)[0].context[-1] == "Tablo 2 Kadroya Göre Doluluk"


def test_the_total_of_a_unit_stands_below_the_unit_alone() -> None:
    fact = facts_at(DEFNE, 3408)[0]
    assert fact.context[-1] == "BİLGİ İŞLEM MÜDÜRLÜĞÜ (3/3)"
    assert fact.units_responsible == ("Bilgi İşlem Müdürlüğü",)


def test_a_cost_table_does_not_name_the_activity_of_the_table_before() -> None:
    assert not any(heading.startswith("Faaliyet:") for heading in facts_at(KAYSERI, 1355)[0].context)


def test_rows_that_add_up_all_themes_belong_to_none() -> None:
    assert facts_at(IZMIR_2024, 15057)[0].context[-1] == "İdarenin Toplam Kaynak İhtiyacı"
