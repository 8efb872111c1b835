"""Contracts of indexer.turkish and indexer.suffixes."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import turkish
from indexer.suffixes import Case, ending, harmonised, inflect, spoken_end


@given(st.text())
def test_folds_keep_the_length_and_are_idempotent(text: str) -> None:
    for folded in (turkish.fold, turkish.ascii_key):
        once = folded(text)
        assert len(once) == len(text)
        assert folded(once) == once
    assert len(turkish.upper(text)) == len(text)


def test_folds_keep_the_length_of_every_character() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(turkish.fold(every)) == len(turkish.ascii_key(every)) == len(every)
    assert turkish.fold(turkish.fold(every)) == turkish.fold(every)


def test_turkish_casing() -> None:
    assert turkish.fold("IĞDIR İZMİR") == "ığdır izmir"
    assert turkish.fold("I\u0307zmir") == "i\u0307zmir"
    assert turkish.lower("I\u0307ZMIR") == "izmır"
    assert turkish.upper("ışık iğne") == "IŞIK İĞNE"
    assert turkish.title("KARS'TA İSTANBUL ısparta") == "Kars'ta İstanbul Isparta"
    assert turkish.ascii_key("Dükkân ŞİŞLİ Iğdır") == "dukkan sisli igdir"


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    found = turkish.tokens(text)
    assert all(token.text == text[token.start : token.end] for token in found)
    assert [token.start for token in found] == sorted(token.start for token in found)
    turkish.analyse(text)


def test_tokens_of_numbers_and_units() -> None:
    words = [token.text for token in turkish.tokens("2024'te 1.100.000 ton, 12250m2; %46,5 m² İzmir’in.")]
    assert words == ["2024'te", "1.100.000", "ton", "12250", "m2", "46,5", "m²", "İzmir’in"]


@pytest.mark.parametrize(
    ("written", "stem"),
    [("asfaltı", "asfalt"), ("belediyesinin", "belediye"),
     ("yolcuları", "yolcu"), ("odası", "oda"), ("İZMİR’in", "izmir")],
)  # fmt: skip
def test_lemmas(written: str, stem: str) -> None:
    assert turkish.lemma(written) == stem


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("asfalti", "ASFALTI"),
        ("dokulecek", "Dökülecek"),
        ("izmir", "İZMİR'in"),
        ("belediyesinin", "Belediyesi"),
        ("m2", "m²"),
        ("1.100.000", "1.100.000"),
        ("2024", "2024’te"),
        ("kisirlastirilan", "Kısırlaştırma"),
    ],
)
def test_a_question_meets_the_document(question: str, document: str) -> None:
    assert set(turkish.analyse(question)) & set(turkish.analyse(document))


def test_stop_words_go_and_look_alikes_stay() -> None:
    assert turkish.keys("İzmir için kaç ton asfalt nedir, kac icin") == ["izmir", "ton", "asfalt"]
    assert turkish.keys("şu su") == ["su"]
    assert "mudur" in turkish.keys("Müdür")


@pytest.mark.parametrize(
    ("name", "locative", "ablative", "dative", "genitive"),
    [
        ("İzmir", "İzmir'de", "İzmir'den", "İzmir'e", "İzmir'in"),
        ("Kars", "Kars'ta", "Kars'tan", "Kars'a", "Kars'ın"),
        ("Kayseri", "Kayseri'de", "Kayseri'den", "Kayseri'ye", "Kayseri'nin"),
        ("Muş", "Muş'ta", "Muş'tan", "Muş'a", "Muş'un"),
        ("2024", "2024'te", "2024'ten", "2024'e", "2024'ün"),
        ("2020", "2020'de", "2020'den", "2020'ye", "2020'nin"),
        ("1.100.000", "1.100.000'de", "1.100.000'den", "1.100.000'e", "1.100.000'in"),  # … yüz bin
        ("2.000.000", "2.000.000'da", "2.000.000'dan", "2.000.000'a", "2.000.000'un"),
        ("260.000", "260.000'de", "260.000'den", "260.000'e", "260.000'in"),
        ("%46,5", "%46,5'te", "%46,5'ten", "%46,5'e", "%46,5'in"),
        ("2023", "2023'te", "2023'ten", "2023'e", "2023'ün"),
        ("Kars Belediyesi", "Kars Belediyesinde", "Kars Belediyesinden", "Kars Belediyesine", "Kars Belediyesinin"),
    ],
)
def test_endings(name: str, locative: str, ablative: str, dative: str, genitive: str) -> None:
    cases = (Case.LOCATIVE, Case.ABLATIVE, Case.DATIVE, Case.GENITIVE)
    assert [inflect(name, case) for case in cases] == [locative, ablative, dative, genitive]


@pytest.mark.parametrize(
    ("number", "word"),
    [("2024", "dört"), ("1.000.000", "milyon"), ("1.100.000", "bin"), ("46,5", "beş"), ("0,50", "elli"), ("300", "yüz"),
     ("0,00", "sıfır"), ("3.000.000.000,00", "milyar"), ("100.010", "on")],
)  # fmt: skip
def test_numbers_are_read_aloud(number: str, word: str) -> None:
    assert spoken_end(number) == word


@given(st.text(), st.sampled_from(Case))
def test_every_text_takes_an_ending(text: str, case: Case) -> None:
    assert ending(text, case)


@pytest.mark.parametrize(
    ("stem", "suffix", "read"), [("kısırlaştır", "di", "dı"), ("mühürle", "mis", "miş"), ("topla", "dilar", "dılar")]
)
def test_a_suffix_without_turkish_letters_gets_them_by_harmony(stem: str, suffix: str, read: str) -> None:
    assert harmonised(stem, suffix) == read


def test_raised_digits_are_powers_of_short_units_and_else_notes() -> None:
    text = "Dikilen ağaç sayısı¹ 12 m² km² e-posta³"
    assert turkish.without_notes(f"{text} (TL)²") == "Dikilen ağaç sayısı 12 m² km² e-posta (TL)"
    assert [token.text for token in turkish.tokens(text)] == [
        *("Dikilen", "ağaç", "sayısı", "12", "m²", "km²", "e", "posta")
    ]
