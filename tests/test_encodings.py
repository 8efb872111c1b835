"""Contract: a text in any Turkish encoding is read to the letter, and one whose encoding is not certain is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.reading import read_document
from indexer.reading.encodings import decode, decode_as
from indexer.records import Source

CORPORA = Path(__file__).parent.parent / "corpora"
SOURCE = Source(id="x", municipality="X Belediyesi", title="X", file="x.txt", sha256="")
OLD = ["cp1254", "iso8859_9", "cp857", "mac_turkish"]
UNICODE = ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
MARKS = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}

SENTENCES = [
    "Büyükşehir Belediyesi için yapılan çalışmaların bütçesi aşağıda gösterilmiştir.",
    "İÇ VE DIŞ DENETİM MÜDÜRLÜĞÜ",
    "Ağaçlandırma yapılan alan 1.250 m2, yılı %46,5",
    "2024 Yılı Performans Programı – ölçü birimi, gerçekleşen değer",
    "Çocuk, genç, kadın ve yaşlıların sağlık ihtiyacı",
]


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("name", sorted(path.name for path in CORPORA.glob("*.txt")))
def test_every_stretch_of_real_documents_is_read_to_the_letter(name: str, encoding: str) -> None:
    whole = (CORPORA / name).read_bytes().decode().encode(encoding, errors="ignore").decode(encoding)
    for start in range(2_000, len(whole) - 1_500, len(whole) // 12):
        text = whole[start : start + 1_500]
        assert decode(text.encode(encoding), "x") == text


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5),
    st.text(st.characters(codec="ascii", exclude_characters="\0", categories=("L", "N", "P", "Z", "S")), max_size=80),
    st.sampled_from(OLD),
)
def test_turkish_text_round_trips_through_each_encoding_that_can_hold_it(
    sentences: list[str], rest: str, encoding: str
) -> None:
    text = "\r\n".join([*sentences, rest]).encode(encoding, errors="ignore").decode(encoding)
    assert decode(text.encode(encoding), "x") == text


@given(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1), st.sampled_from(UNICODE)
)
def test_any_text_round_trips_through_unicode(text: str, encoding: str) -> None:
    data = (MARKS.get(encoding, "") + text).encode(encoding)
    if not text.replace("\ufeff", "").strip():
        with pytest.raises(DocumentError, match="boş"):
            decode(data, "x")
    elif encoding != "utf-8" or "\0" not in text:
        assert decode(data, "x") in (text, text.removeprefix("\ufeff"))


@given(st.binary(max_size=200), st.sampled_from(["", "cp1254", "latin-1", "utf-7", "idna", "hex", "punycode"]))
def test_any_bytes_are_text_or_one_line(data: bytes, declared: str) -> None:
    try:
        text = decode_as(data, declared, "x") if declared else decode(data, "x")
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert text.strip()


@given(st.binary(min_size=1, max_size=60).filter(lambda data: b"\0" not in data and max(data) > 127))
@example(b"\xdc\xde")  # "İŞ" in one encoding, "ÜŞ" in others
def test_bytes_without_turkish_words_are_not_guessed(data: bytes) -> None:
    """Random bytes above 127 read as some letters in every encoding; what is accepted must stand out."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return
    try:
        text = decode(data, "x")
    except DocumentError:
        return
    others = {data.decode(encoding, errors="replace") for encoding in OLD} - {text}
    turkish = "çğıöşüÇĞİÖŞÜâîû"
    best = max((sum(letter in turkish for letter in other) for other in others), default=0)
    assert text == data.decode("utf-8", errors="ignore") or sum(letter in turkish for letter in text) > best


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("çalışma".encode() * 20 + b"\xfe" + "için".encode() * 20, "200. baytı bozuk"),
        ("\ufeffmetin".encode() + b"\xfc\xfe", "bozuk"),
        ("metin".encode("utf-16") + b"\x00", "UTF-16 kodlu ama"),
        (b"\xe9\xe8\xea caf\xe9 \xc5", "kesin değil"),
        ("Привет, мир".encode("koi8-r"), "kesin değil"),
    ],
)
def test_damaged_and_uncertain_text_is_refused_with_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason) as caught:
        decode(data, "belge.txt")
    assert str(caught.value).startswith("belge.txt: ")
    assert "\n" not in str(caught.value)


def test_a_document_in_windows_1254_is_read_as_the_same_in_utf_8(tmp_path: Path) -> None:
    text = "\n".join(SENTENCES) + "\n"
    for encoding in ("utf-8", "cp1254", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        assert read_document(path, SOURCE).text == text
