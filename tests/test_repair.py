"""Contract: the reading is mended, joins no two words, drops no digit, and every character maps back to its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from indexer.repair import join_wrapped, repair

PIECES = st.sampled_from(
    [
        "mikta-\nrının",
        "y ö n e t i m",
        "PPRROOGG",
        "Ba ş arı",
        "\u00ad",
        "¬",
        "\u00a0",
        "<i>",
        "**",
        "\r\n",
        "\ufeff",
        "ğ",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("mikta-\nrının", "miktarının"),
        ("beledi- \n\nyemizin", "belediyemizin"),
        ("fa-\naliyete", "faaliyete"),
        ("reh¬berlerin", "rehberlerin"),
        ("reh\u00adber", "rehber"),
        ("Gerçekleştirilememi\n\nştir.", "Gerçekleştirilememiştir."),
        (
            "sporculara, t e k n i k  y ö n e t i c i l e r e  v e   \n\nantrenörlere",
            "sporculara, teknik yöneticilere ve antrenörlere",
        ),
        ("Ba ş arı ise", "Başarı ise"),
        ("araca ğ ım’ diye ba ş layarak", "aracağım’ diye başlayarak"),
        ("SSTTRRAATTEEJJİİKK  AALLAANNLLAARR", "STRATEJİK ALANLAR"),
        ("bir\u00a0\u00a0satır\n\t sürer", "bir satır sürer"),
        ("<i>Açıklamalar:</i>\tx", "Açıklamalar: x"),
        ("\ufeffilk", "ilk"),
    ],
)
def test_damage_is_mended(damaged: str, mended: str) -> None:
    assert repair(damaged).text == mended


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bakım-\nOnarım", "Bakım-Onarım"),  # a compound keeps its hyphen
        ("bakım-\nonarım", "bakım-onarım"),
        ("2020-\n2024", "2020- 2024"),
        ("A B C D E sütunları", "A B C D E sütunları"),
        ("barı ş ve huzur", "barış ve huzur"),
        ("I II III IV", "I II III IV"),
        ("1 1 2 2 3 3 1122", "1 1 2 2 3 3 1122"),
        ("A.Ş. ve o da bu", "A.Ş. ve o da bu"),
        ("Saat anne elli", "Saat anne elli"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_what_is_sound_stays(text: str, kept: str) -> None:
    assert repair(text).text == kept


def test_join_wrapped_heals_hyphens_and_collapses_white_space() -> None:
    assert join_wrapped(["Kişi Başına Düşen Yeşil Alan Mikta-", "rının Artışı  ", "\u00a0(m2)"]) == (
        "Kişi Başına Düşen Yeşil Alan Miktarının Artışı (m2)"
    )
    assert join_wrapped([]) == ""


def test_source_span_covers_what_was_read() -> None:
    text = "top-\nlam mikta-\nrının  artışı"
    repaired = repair(text)
    start = repaired.text.index("miktarının")
    span = repaired.source_span(start, start + len("miktarının"))
    assert text[span.start : span.end] == "mikta-\nrının"
    assert repaired.source_span(3, 3) == Span(5, 5)
    assert repaired.source_offset(len(repaired.text)) == len(text)
    with pytest.raises(IndexError):
        repaired.source_offset(len(repaired.text) + 1)


@given(TEXTS)
def test_every_character_maps_to_its_own_source(text: str) -> None:
    repaired = repair(text)
    assert len(repaired.offsets) == len(repaired.text)
    assert list(repaired.offsets) == sorted(set(repaired.offsets))
    for index, character in enumerate(repaired.text):
        source = text[repaired.source_offset(index)]
        assert source == character or character == " "


@given(TEXTS)
def test_no_digit_is_dropped_and_white_space_is_single(text: str) -> None:
    reading = repair(text).text
    if "<" not in text:
        assert [c for c in reading if c.isdigit()] == [c for c in text if c.isdigit()]
    assert "  " not in reading
    assert reading == reading.strip()


@given(st.lists(st.sampled_from(["ve", "park", "12.500", "m2", "Ş", "İzmir", "o", "2024"]), min_size=1, max_size=9))
def test_sound_words_are_never_joined(words: list[str]) -> None:
    assert repair(" \n".join(words)).text == " ".join(words)


def test_a_verb_torn_at_a_line_end_is_one_word() -> None:
    assert join_wrapped(["Hedef Gerçekleştirilem", "emiştir."]) == "Hedef Gerçekleştirilememiştir."
    assert join_wrapped(["Gerçekleştirilemem", "iştir."]) == "Gerçekleştirilememiştir."
    assert join_wrapped(["bu bir", "iştir"]) == "bu bir iştir"
