"""What citizens ask of an activity report that nobody had read: of which clause, part, unit and place a figure is."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.encoder import open_encoder
from qa.engine import Engine

REPORT = Path(__file__).parent / "data" / "report"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine over a small report of our own making."""
    folder = tmp_path_factory.mktemp("report")
    build_index(REPORT, folder, open_encoder())
    return Engine.open(folder)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Simav'da kaç hayvan kısırlaştırıldı?", "740"),
        ("simavda kac hayvan sahiplendirdi belediye", "96"),
        ("Simav Belediyesi 2022 yilinda kac hayvan kisirlastirdi", "740"),
        ("Simav itfaiyesi 2022'de kaç trafik kazasına müdahale etti?", "57"),
        ("Simav Belediyesinin piyasaya ne kadar borcu var?", "3.300.000,00"),
        ("Simav Belediyesinin vergi dairesine borcu ne kadar?", "1.600.000,00"),
        ("Simav'da memurların kaçı kadın?", "31"),
        ("Simav Belediyesi yazı işleri müdürlüğü ne kadar harcadı?", "1.104.000,00"),
        ("Simav Belediyesi Hisarardı mahallesinde kaç metrekare parke döşedi?", "20.200"),
        ("Simav Belediyesi kömür yardımına ne kadar para harcadı?", "620.000,00"),
    ],
)
def test_the_figure_of_the_clause_part_or_unit_asked_for_comes_first(report: Engine, question: str, text: str) -> None:
    answer = report.ask(question)
    assert answer.status == "answered"
    assert answer.figures[0].text == text


def test_what_another_unit_spent_answers_nothing(report: Engine) -> None:
    answer = report.ask("Simav Belediyesi Hukuk İşleri Müdürlüğünün 2022 harcaması ne kadar?")
    assert answer.status == "abstained"


def test_what_was_done_elsewhere_answers_nothing_about_a_place(report: Engine) -> None:
    answer = report.ask("Simav Belediyesi Darıçukuru mahallesinde kaç metrekare parke döşedi?")
    assert answer.status == "abstained"


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("Simav'da bina yangınları toplam yangınların yüzde kaçıdır?", 20.0, "%"),
        ("Simav'da su kayıp kaçak oranı 2021'den 2022'ye kaç puan azaldı?", 2.3, "puan"),
    ],
)
def test_shares_of_a_printed_total_and_points_between_years(
    report: Engine, question: str, value: float, unit: str
) -> None:
    (result,) = (figure for figure in report.ask(question).figures if figure.computed is not None)
    assert (float(result.value), result.unit) == (value, unit)


def test_what_follows_a_label_answers_who_they_are(report: Engine) -> None:
    assert "Ahmet Demir, Elif Aksoy" in report.ask("Simav Belediyesi başkan yardımcıları kimlerdir?").text
