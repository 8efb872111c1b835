"""Plain text files, decoded without changing a character."""

from __future__ import annotations

from indexer.errors import DocumentError
from indexer.reading.base import Reading
from indexer.reading.pages import find_pages
from indexer.records import Format


class TextReader:
    """Reads plain text: no newline translation, and a byte order mark stays as U+FEFF.

    So offsets hold against ``open(path, encoding="utf-8", newline="").read()``.
    """

    format: Format = "text"

    def read(self, data: bytes, name: str) -> Reading:
        """The text of a file and the page starts that it shows, as :class:`~indexer.reading.base.Reader` says."""
        text = decode(data, name)
        return Reading(text, find_pages(text))


def decode(data: bytes, name: str) -> str:
    """The text that ``data`` encodes.

    Raises:
        DocumentError: it is binary, in another encoding than UTF-8, or empty.
    """
    if b"\0" in data:
        raise DocumentError(f"{name}: metin değil, ikili bir dosya; UTF-8 kodlu metin olarak kaydedin.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{name}: UTF-8 kodlu değil ({error.start}. bayt); metni UTF-8'e çevirin (çoğu kez Windows-1254'tür)."
        ) from None
    # Everything that can be seen counts as text; white space, no-break spaces and a byte order mark do not.
    if not text.replace("\ufeff", "").strip():
        raise DocumentError(f"{name}: dosya boş; içinde metin olan bir belge verin.")
    return text
