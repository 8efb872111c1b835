"""Which reader reads which file: the ending of its name says the format, and the content must bear it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from indexer.errors import DocumentError
from indexer.reading.base import Reader
from indexer.reading.docx import DocxReader
from indexer.reading.html import HtmlReader
from indexer.reading.markdown import MarkdownReader
from indexer.reading.pdf import PdfReader
from indexer.reading.text import TextReader
from indexer.reading.xlsx import XlsxReader
from indexer.records import Format

_READERS: Mapping[str, Callable[[], Reader]] = {
    ".txt": TextReader,
    ".md": MarkdownReader,
    ".html": HtmlReader,
    ".htm": HtmlReader,
    ".docx": DocxReader,
    ".xlsx": XlsxReader,
    ".pdf": PdfReader,
}

SUFFIXES = frozenset(_READERS)
"""The endings of the names of files that can be read, in small letters with their dot."""

_SUFFIX_OF: Mapping[str, str] = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "pdf": ".pdf",
}
_NAMES: Mapping[str, str] = {
    "text": "düz metin",
    "markdown": "Markdown metni",
    "html": "web sayfası (HTML)",
    "docx": "Word belgesi (DOCX)",
    "xlsx": "Excel çalışma kitabı (XLSX)",
    "pdf": "PDF",
    "doc": "eski Word belgesi (DOC)",
    "xls": "eski Excel çalışma kitabı (XLS)",
    "ppt": "PowerPoint sunusu",
    "odt": "OpenDocument belgesi",
    "rtf": "RTF belgesi",
    "ole": "eski Office dosyası",
    "encrypted": "parola korumalı Office dosyası",
    "image": "resim (ikili dosya)",
    "zip": "ZIP arşivi",
    "archive": "sıkıştırılmış arşiv",
    "xml": "XML dosyası",
    "binary": "ikili dosya",
}
_ADVICE: Mapping[str, str] = {
    "doc": "Word'de açıp DOCX olarak kaydedin",
    "xls": "Excel'de açıp XLSX olarak kaydedin",
    "ole": "Office'te açıp DOCX ya da XLSX olarak kaydedin",
    "ppt": "PDF olarak kaydedin",
    "odt": "DOCX ya da XLSX olarak kaydedin",
    "rtf": "Word'de açıp DOCX olarak kaydedin",
    "xml": "özgün programında açıp DOCX ya da XLSX olarak kaydedin",
    "encrypted": "parolasını kaldırıp yeniden kaydedin",
    "image": "metin içeren bir belge verin",
    "zip": "içindeki belgeleri çıkarıp tek tek verin",
    "archive": "içindeki belgeleri çıkarıp tek tek verin",
    "binary": "okunabilir bir belge verin",
}
_UNREADABLE: Mapping[str, str] = {
    ".doc": "doc",
    ".dot": "doc",
    ".xls": "xls",
    ".ppt": "ppt",
    ".pptx": "ppt",
    ".odt": "odt",
    ".ods": "odt",
    ".rtf": "rtf",
    ".docm": "doc",
    ".xlsm": "xls",
    ".xlsb": "xls",
    ".zip": "zip",
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh91AY&SY", "archive"),
    (b"\xfd7zXZ\0", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PDF_HEAD = 1024  # bytes before "%PDF-" that viewers put up with
_TEXT_HEAD = 64 * 1024
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_XML = re.compile(rb"\s*<\?xml\b")
_ELEMENT = re.compile(
    rb"<(?:!doctype|html|head|body|meta|main|article|section|div|p|h[1-6]|ul|ol|li|table|tr|td|span|br|a|b|i|img)\b[^<>]*>",
    re.IGNORECASE,
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def reader_of(path: Path) -> Reader:
    """The reader of the file at ``path``.

    Raises:
        DocumentError: no reader knows the ending of its name.
    """
    suffix = path.suffix.lower()
    make = _READERS.get(suffix)
    if make is None:
        raise DocumentError(f"{path}: {_refusal(suffix)}")
    return make()


def check_format(named: Format, data: bytes, name: str) -> None:
    """Refuses content of another format than the one that the file's name says.

    Args:
        named: the format by the name of the file.
        data: its content.
        name: how the file is called in messages.

    Raises:
        DocumentError: the content is of another format, with what to do.
    """
    if not data.strip():
        raise DocumentError(f"{name}: dosya boş; içinde metin olan bir belge verin.")
    found = format_of(data)
    if not _bears_out(named, found, data):
        raise DocumentError(f"{name}: {_mislabelled(named, found)}")


def format_of(data: bytes) -> str:
    """The format that the content of a file has: one of :data:`~indexer.records.Format`, or what no reader reads.

    Markdown cannot be told from plain text, and an empty file counts as text: its reader says that it is empty.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic) and (name != "image" or magic != b"BM" or b"\0" in data[:32]):
            return name
    if data.startswith(_OLE):
        return _ole_format(data)
    if data.startswith(_ZIP):
        return _zip_format(data)
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    if data.startswith(_BOMS[1:]):
        text = data[:_TEXT_HEAD].decode("utf-16", errors="ignore").encode()
    else:
        text = data[:_TEXT_HEAD].removeprefix(_BOMS[0])
        if b"\0" in data:
            return "binary"
    if _PAGE.match(text):
        return "html"
    return "xml" if _XML.match(text) else "text"


def _bears_out(named: Format, found: str, data: bytes) -> bool:
    """Whether content of the format ``found`` can be read as ``named``."""
    if named in ("text", "markdown"):
        # a binary file under a text's name is refused by the text's reader, which knows more of encodings
        return found in ("text", "binary")
    if named == "html":
        decoded = data.replace(b"\0", b"")  # UTF-16
        return found in ("html", "xml") or (found == "text" and _ELEMENT.search(decoded) is not None)
    return named == found


def _refusal(suffix: str) -> str:
    known = ", ".join(sorted(SUFFIXES))
    found = _UNREADABLE.get(suffix)
    if found:
        return f"bu türden dosyalar okunamıyor ({_NAMES[found]}); {_ADVICE[found]} (okunabilenler: {known})."
    return f"bu türden dosyalar okunamıyor; okunabilenler: {known}."


def _mislabelled(named: Format, found: str) -> str:
    if found == "encrypted":
        return f"parola korumalı bir Office dosyası; {_ADVICE[found]}."
    said = f"adına göre {_NAMES[named]}, içeriğine göre {_NAMES[found]}"
    suffix = _SUFFIX_OF.get(found)
    if suffix in SUFFIXES:
        return f'{said}; doğru türdeyse adının sonunu "{suffix}" yapın.'
    return f"{said}; {_ADVICE.get(found, 'okunabilir bir belge verin')}."


def _ole_format(data: bytes) -> str:
    """The kind of an old Office file; its directory names its streams in UTF-16."""
    for stream, name in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return name
    return "ole"


def _zip_format(data: bytes) -> str:
    """The kind of a zip archive by the names in it; one that is cut off counts by what still tells of it."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        head = data[:_TEXT_HEAD]
        return next((name for part, name in ((b"word/", "docx"), (b"xl/", "xlsx")) if part in head), "zip")
    if "mimetype" in names:
        return "odt"
    for part, name in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "ppt")):
        if any(entry.startswith(part) for entry in names):
            return name
    return "zip"
