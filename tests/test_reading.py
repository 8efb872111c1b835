"""Contract: a document's text is the file's, character by character, and no page number is ever guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import DocumentError
from indexer.reading import files, find_pages, read_document
from indexer.records import Source

SOURCE = Source(id="x", municipality="X Belediyesi", title="X", file="x.txt", sha256="")
CORPORA = Path(__file__).parent.parent / "corpora"


def _file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "belge.txt"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", ["a\r\nb\rc\n\x0bç", "\ufeffİlk satır\n", "boş\u00a0hücre \u2028 x", "tek"])
def test_text_is_the_file_unchanged(tmp_path: Path, content: str) -> None:
    path = _file(tmp_path, content.encode())
    with path.open(encoding="utf-8", newline="") as file:
        assert read_document(path, SOURCE).text == file.read() == content


def test_real_documents_are_read_unchanged() -> None:
    for path in sorted(CORPORA.glob("*.txt")):
        document = read_document(path, SOURCE)
        with path.open(encoding="utf-8", newline="") as file:
            assert document.text == file.read()
        assert [page.start for page in document.pages] == sorted({page.start for page in document.pages})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "boş"),
        (" \n\u00a0\t\r\n".encode(), "boş"),
        ("\ufeff".encode(), "boş"),
        (b"abc\0def", "ikili"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ikili"),
        ("Belediye çş".encode() + b"\xff", "8. baytı|bozuk"),
        (b"\xe7\xfe\xf0 \xe9\xe8", "kesin değil"),
    ],
)
def test_what_is_no_text_is_refused_with_one_clear_line(tmp_path: Path, content: bytes, reason: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(DocumentError, match=reason) as caught:
        read_document(path, SOURCE)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="böyle bir dosya yok"):
        read_document(tmp_path / "yok.txt", SOURCE)
    folder = tmp_path / "klasör.txt"
    folder.mkdir()
    with pytest.raises(DocumentError, match="bu bir klasör"):
        read_document(folder, SOURCE)


def test_unreadable_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _file(tmp_path, b"metin")

    def denied(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(DocumentError, match="izin yok"):
        read_document(path, SOURCE)


def test_a_file_of_an_unknown_format_is_refused_and_the_known_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "resim.png"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(DocumentError, match=r"okunabilenler: .*\.txt"):
        read_document(path, SOURCE)


def test_too_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="çok büyük"):
        files.read_bytes(_file(tmp_path, b"x" * 11), 10)
    assert files.read_bytes(_file(tmp_path, b"x" * 10), 10) == b"x" * 10


def test_form_feeds_start_pages_and_numbers_must_agree() -> None:
    pages = find_pages("kapak\n\fiçindekiler\n\fmetin\n3\n\fmetin\n4\n\fresim\n\fmetin\n6\n")
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6]
    assert [page.number for page in find_pages("a\n\fb\n12\n\fc\n40\n\fd\n7\n")] == [None] * 4
    assert [page.number for page in find_pages("a\n\fb\n\fc\n")] == [None] * 3


def test_page_of_flattened_text_starts_with_one_space_below_a_full_line() -> None:
    text = "ilk satır\n ikinci sayfa\nmetin\n\n girinti\n   Başarılı\nson\n"
    assert [text[page.start :].split("\n")[0] for page in find_pages(text)] == ["ilk satır", " ikinci sayfa"]


def _flattened(numbers: list[int | None]) -> str:
    return "ön\n" + "".join(
        f"\n\n\n{number}   Genel Bilgiler\nmetin\n" if number else " Başlık\nmetin\n" for number in numbers
    )


def test_printed_numbers_hold_between_two_that_agree_with_the_count() -> None:
    pages = find_pages(_flattened([5, None, None, 8, None, 10, None]))
    # the stretch after the last printed number cannot be checked
    assert [page.number for page in pages] == [None, 5, 6, 7, 8, 9, None, None]


def test_numbers_that_contradict_the_count_are_dropped() -> None:
    pages = find_pages(_flattened([5, None, None, 12, None, 30, None]))
    assert {page.number for page in pages} == {None}


def test_years_and_law_numbers_are_no_page_numbers() -> None:
    assert {page.number for page in find_pages(_flattened([2024, 2024, 2024, 2024]))} == {None}
    assert {page.number for page in find_pages(_flattened([5216, None, 5218, None, 5220]))} == {None}
