"""Opens a PDF or refuses it with one clear line, and gives its pages one after the other."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from indexer.errors import DocumentError
from indexer.reading.pdf.mending import with_sound_box

_HEAD = 1024  # bytes in which a PDF says that it is one
_TAIL = 8192  # bytes in which it says that it ends

# Both libraries report each oddity of a file; what matters of them ends up in an error or a note.
for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class DamagedError(DocumentError):
    """A PDF that cannot be made sense of."""


def open_pdf(data: bytes, name: str) -> PDF:
    """The PDF in ``data``; one that an empty password opens is opened.

    Raises:
        DocumentError: it is no PDF, cut off, locked by a password, or damaged.
    """
    if b"%PDF-" not in data[:_HEAD]:
        raise DocumentError(f"{name}: bir PDF değil, adı öyle; dosyanın gerçek türünü denetleyin.")
    tail = data.rstrip(b"\0\r\n\t ")[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise DocumentError(f"{name}: PDF yarım kalmış, sonu yok; dosyayı yeniden indirin ya da kopyalayın.")
    try:
        return PDF.open(BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:  # a damaged file can fail anywhere within the library
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError):
            raise DocumentError(f"{name}: PDF parolayla kilitli; parolasını kaldırıp yeniden kaydedin.") from error
        raise damaged(name) from error


def pages_of(pdf: PDF, name: str) -> Iterator[Page]:
    """The pages of ``pdf`` in order, numbered from 1, each made only when it is asked for.

    Raises:
        DocumentError: the list of pages is damaged, or empty.
    """
    number = 0
    try:
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            yield Page(pdf, with_sound_box(page), number)
    except MemoryError:
        raise
    except Exception as error:  # as above
        raise damaged(name) from error
    if not number:
        raise DocumentError(f"{name}: PDF'te hiç sayfa yok; dosyayı denetleyip yeniden kaydedin.")


def damaged(name: str) -> DamagedError:
    """The error of a PDF that cannot be made sense of."""
    return DamagedError(f"{name}: PDF bozuk, okunamıyor; başka bir programla açıp yeniden kaydedin.")
