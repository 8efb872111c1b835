"""Contracts: a name that is asked about must stand in the evidence, and yes or no to who did something."""

from __future__ import annotations

import pytest

from qa.answering.people.doer import _doer_of
from qa.deciding.naming import unmet_body, unmet_quotation
from qa.engine import Engine
from qa.records import Question


@pytest.mark.parametrize(
    ("text", "told", "unmet"),
    [
        (
            '"Alacaklardan Tahsilat" kaleminden ne kadar gelir elde edildi?',
            "gelir bütçesinin 5 TL'si tahsil edildi",
            True,
        ),
        ('"Sermaye Gelirleri" kaleminden ne kadar gelir elde edildi?', "06- Sermaye Gelirleri 5.632.778,52", False),
        ("'Bakım Onarım Yapılacak Uçak Sayısı' kaçtır?", "Bakım Onarım Yapılacak Bina ve Tesis Sayısı 48", True),
        ("'Onarım Bakım' sayısı kaçtır?", "Bakım Onarım Yapılacak Bina Sayısı 48", True),
        ("'Sayılarla 2020' bölümünde kaç ton asfalt yazıyor?", "929.691 ton asfalt döküldü", False),
        ("Kars'ta kaç kişi var, Defne'de kaç kişi var?", "789 kişi", False),
    ],
)
def test_a_name_in_quotation_marks_stands_in_the_evidence_in_its_order(text: str, told: str, unmet: bool) -> None:
    assert unmet_quotation(Question(text), told) is unmet


@pytest.mark.parametrize(
    ("text", "told", "unmet"),
    [
        (
            "İZBAN istasyonlarının elektrik tüketimi kaç kWh?",
            "Metro işletmesinde 45.686.924 kWh elektrik tüketildi",
            True,
        ),
        ("İZBAN'ın elektrik tüketimi kaç kWh?", "İzban istasyonlarında 45.686.924 kWh elektrik tüketildi", False),
        ("HİM başvuruları kaç saatte sonuçlanıyor?", "Hemşehri İletişim Merkezi başvuruları 48 saatte", False),
        ("II. etapta kaç konut var?", "Birinci etapta 40 konut var", False),
        ("IZBAN ISTASYONLARI KAC KWH TUKETTI", "Metro 45.686.924 kWh tüketti", False),
    ],
)
def test_a_body_written_in_capitals_stands_in_the_evidence(text: str, told: str, unmet: bool) -> None:
    assert unmet_body(Question(text, subject=text), told) is unmet


@pytest.mark.parametrize(
    "question",
    [
        "İzmir Büyükşehir Belediyesi'nin 2019 sonundaki toplam personel sayısı kaçtı?",
        "Kars Belediyesinin 2019 yılındaki personel sayısı kaçtır?",
        "İZBAN istasyonlarının Temmuz 2020 elektrik tüketimi kaç kWh'tir?",
        'Kars Belediyesi 2024 yılında "Alacaklardan Tahsilat" gelir kaleminden ne kadar tahsilat yapmıştır?',
        'İzmir\'de "Bakım Onarım Yapılacak Uçak Sayısı" için 2024 hedefi nedir?',
        "Kars Belediyesi 2024 yılında 112 metruk yapının yıkımı için kaç TL harcamıştır?",
    ],
)
def test_neither_a_part_nor_a_whole_nor_another_body_answers(engine: Engine, question: str) -> None:
    assert engine.ask(question).status == "abstained"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ('Kars Belediyesi 2024 yılında "Sermaye Gelirleri" kaleminden ne kadar tahsilat yapmıştır?', 5632778.52),
        ("İzmir'in 2024 programında 'Bakım Onarım Yapılacak Bina ve Tesis Sayısı' için 2024 hedefi nedir?", 48),
        ("KAYMEK'te 2025'te kaç kişiye eğitim verilecek?", 45000),
    ],
)
def test_what_is_named_as_it_stands_is_answered(engine: Engine, question: str, value: float) -> None:
    answer = engine.ask(question)
    assert answer.status == "answered"
    assert float(answer.figures[0].value) == value


@pytest.mark.parametrize(
    ("question", "lead", "told"),
    [
        ("Kars'taki 19 Mayıs törenine Belediye Başkanı Ötüken Senger bizzat mı katılmıştır?", "Hayır", "Kızılörenli"),
        ("Kars'ta 10 Kasım törenine Başkan Ötüken Senger bizzat mı katıldı?", "Evet", "10 Kasım"),
        ("Kars'ta 23 Nisan törenine Belediye Başkan Vekili mi katıldı?", "Hayır", "Senger"),
        (
            "Bayraklı kentsel dönüşüm alanındaki çalışmaları 2020 sonunda hâlâ Büyükşehir mi yürütüyordu?",
            "Hayır",
            "Bayraklı Belediyesince yürütülmektedir",
        ),
    ],
)
def test_who_did_it_is_read_off_the_sentence_that_tells_the_deed(
    engine: Engine, question: str, lead: str, told: str
) -> None:
    answer = engine.ask(question)
    assert answer.text.startswith(f"{lead}.")
    assert told in answer.text


@pytest.mark.parametrize(
    ("sentence", "doer"),
    [
        ("Karar sonrası alanda çalışmalar Bayraklı Belediyesince yürütülmektedir.", {"bayrak", "belediye"}),
        ("Park, Fen İşleri Müdürlüğü tarafından yapılmıştır.", {"fen", "is", "mudurluk"}),
        ("çalışmalar sürmektedir.", set()),
    ],
)
def test_the_agent_before_the_verb_is_the_doer(sentence: str, doer: set[str]) -> None:
    assert _doer_of(sentence) == doer


@pytest.mark.parametrize(
    ("question", "lead", "told"),
    [
        (
            "İzmir Metro A.Ş., Büyükşehir Belediyesi'nin doğrudan hissedarı olduğu şirketler arasında mı sayılıyor?",
            "Hayır",
            "Kurmuş Olduğu Şirketler",
        ),
        (
            "TARKEM, belediyenin hissedarı olduğu şirketlerin kurduğu şirketler arasında mı?",
            "Evet",
            "TARKEM",
        ),
        (
            "According to the İzmir 2024 Performance Programme, is the company İzmir Metro one of the firms "
            "in which the municipality itself is a direct shareholder?",
            "No",
            "İZMİR METRO",
        ),
    ],
)
def test_the_heading_of_a_list_tells_what_its_members_are(engine: Engine, question: str, lead: str, told: str) -> None:
    answer = engine.ask(question)
    assert answer.text.startswith(f"{lead}.")
    assert told in answer.text


def test_how_often_is_answered_by_what_tells_it(engine: Engine) -> None:
    answer = engine.ask("Büyükşehir'in evde bakım hizmetinde ev temizliği ne sıklıkla yapılıyor?")
    assert "Üç haftada bir" in answer.text


def test_a_sentence_about_another_deed_does_not_answer(engine: Engine) -> None:
    answer = engine.ask("Kars Belediyesi Hayvan Barınağında 2024 yılında toplam kaç hayvan toplanmıştır?")
    assert answer.status == "abstained"


def test_what_somebody_left_is_told_by_a_sentence_not_by_a_cell(engine: Engine) -> None:
    answer = engine.ask("Aliağa'nın meclis üyesi Sedat Sarı 2020'de hangi partiden ayrılıp hangisine geçti?")
    assert "istifa ederek İyi Parti" in answer.text
