"""Reads PDFs: words with their places, tables by their lines or by what stands below each other, columns of prose."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from indexer.errors import DocumentError
from indexer.reading.base import Reading
from indexer.reading.pdf.assembly import Assembly
from indexer.reading.pdf.furniture import without_furniture
from indexer.reading.pdf.ink import Ink
from indexer.reading.pdf.mending import saved_again
from indexer.reading.pdf.opening import DamagedError, damaged, open_pdf, pages_of
from indexer.reading.pdf.order import in_order
from indexer.reading.pdf.page_ink import read_ink
from indexer.reading.pdf.ruled import ruled_grids
from indexer.records import Format

MAX_PAGES = 2_000
_SCANNED = 0.5  # of a page without text that pictures cover
_MOST_NAMED = 20  # pages that a note names one by one


class PdfReader:
    """Reads the pages of a PDF into text; ``layouts`` tells where each word of it is printed."""

    format: Format = "pdf"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a PDF, as :class:`~indexer.reading.base.Reader` says; its notes name what could not be read.

        Raises:
            DocumentError: it is no PDF, locked, cut off, damaged, without pages, or without text on any page.
        """
        pages, notes = _read_pages(data, name)
        if not any(page.words or page.turned for page in pages):
            raise _no_text(pages, name)
        assembly = Assembly()
        for page in without_furniture(pages):
            grids, rest = ruled_grids(page)
            assembly.add(page, in_order(rest, grids, assembly.open_grid, page.rules))
        reading = assembly.reading()
        return Reading(reading.text, reading.pages, reading.layouts, (*notes, *_notes(pages)))


def _read_pages(data: bytes, name: str) -> tuple[list[Ink], list[str]]:
    """The pages and what is to be told of them; where pages cannot be read, or hold nothing, a mended copy is tried."""
    try:
        pages = list(_inks(data, name))
    except DamagedError:
        pages = []
    lost = {page.number for page in pages if _is_lost(page)}
    copy = saved_again(data) if lost or not pages else None
    if copy is not None:
        mended = {page.number: page for page in _inks(copy, name, lost if pages else None)}
        pages = [mended.get(page.number, page) for page in pages] if pages else list(mended.values())
    broken = [page.number for page in pages if not page.width]
    if len(broken) == len(pages):
        raise damaged(name)
    notes = [f"bozuk, okunamayan sayfalar: {_named(broken)}."] if broken else []
    if len(pages) > MAX_PAGES:
        pages = pages[:MAX_PAGES]
        notes.insert(0, f"yalnız ilk {MAX_PAGES} sayfa okundu; gerisi için PDF'i bölün.")
    return pages, notes


def _inks(data: bytes, name: str, wanted: Collection[int] | None = None) -> Iterator[Ink]:
    """What stands on the ``wanted`` pages, of width 0 where a page is broken; one more than are read tells that."""
    for page in pages_of(open_pdf(data, name), name):
        if page.page_number > MAX_PAGES:
            yield Ink(page.page_number, 1.0, 1.0, cut=True)
            return
        if wanted is not None and page.page_number not in wanted:
            continue
        try:
            yield read_ink(page)
        except MemoryError:
            raise
        except Exception:  # a damaged page can fail anywhere within the library; the others go on
            yield Ink(page.page_number, 0.0, 0.0)


def _is_lost(page: Ink) -> bool:
    """Whether a page is broken or wholly blank."""
    told = page.words or page.turned or page.rules or page.pictured or page.unreadable or page.cut
    return not told


def _notes(pages: Sequence[Ink]) -> list[str]:
    told = {
        "taranmış, metni olmayan sayfalar": [page.number for page in pages if _is_scanned(page)],
        "yazı tipi çözülemeyen sayfalar": [page.number for page in pages if page.unreadable],
        "yalnız başı okunan, çok dolu sayfalar": [page.number for page in pages if page.cut],
    }
    return [f"{what}: {_named(numbers)}." for what, numbers in told.items() if numbers]


def _is_scanned(page: Ink) -> bool:
    return not (page.words or page.turned) and page.pictured >= _SCANNED


def _named(numbers: Sequence[int]) -> str:
    """The numbers with runs as ranges: ``3, 5-9``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    more = [f"… (toplam {len(numbers)})"] if len(named) > _MOST_NAMED else []
    return ", ".join([*named[:_MOST_NAMED], *more])


def _no_text(pages: Sequence[Ink], name: str) -> DocumentError:
    if any(page.unreadable for page in pages):
        return DocumentError(f"{name}: PDF'in yazı tipleri çözülemiyor; metni seçilebilir biçimde yeniden kaydedin.")
    if any(map(_is_scanned, pages)):
        return DocumentError(f"{name}: sayfaların hepsi taranmış resim, metin yok; önce OCR ile metin ekleyin.")
    return DocumentError(f"{name}: PDF'te metin yok; metni seçilebilir bir PDF verin.")
