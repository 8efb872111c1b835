"""Looks into the zip archive that an office document is, before any library unpacks it."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from indexer.errors import DocumentError
from indexer.reading.limits import MAX_ENTRIES, MAX_PART, MAX_RATIO, MAX_UNPACKED, MIB, RATIO_FROM

_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0|\\")
_XML = (".xml", ".rels", ".vml")
_HEAD = 64 * 1024  # bytes of an XML file in which a declaration of its type must stand, if there is one
_TYPES = tuple(word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be"))


def check_archive(data: bytes, name: str) -> frozenset[str]:
    """The names of the files within an office document, once it is known that unpacking them does no harm.

    What an entry declares as its size bounds what :mod:`zipfile` gives out, so no more than declared is ever unpacked.

    Args:
        data: the content of the document.
        name: how it is called in messages.

    Raises:
        DocumentError: no archive, cut off, protected by a password, a bomb, with names that lead out of it, or with
            XML that declares a type, as that can hide entities.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, name)
            for entry in entries:
                _check_entry(entry, name)
            for entry in entries:
                if entry.filename.lower().endswith(_XML):
                    _check_xml(archive, entry, name)
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise DocumentError(
            f"{name}: dosya hasarlı ya da yarım kalmış (sıkıştırılmış içerik açılamıyor); yeniden kaydedin."
        ) from error
    return frozenset(entry.filename for entry in entries)


def _check_sizes(entries: list[ZipInfo], name: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise DocumentError(
            f"{name}: içinde çok fazla dosya var ({len(entries)}; sınır {MAX_ENTRIES}); yeniden kaydedin."
        )
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise DocumentError(
            f"{name}: açılınca çok büyük ({total / MIB:.0f} MiB; sınır {MAX_UNPACKED // MIB} MiB); bölerek verin."
        )
    names = {entry.filename.lower() for entry in entries}
    if len(names) < len(entries):
        raise DocumentError(
            f"{name}: içinde aynı adlı iki dosya var; hangisinin geçerli olduğu belirsiz, yeniden kaydedin."
        )


def _check_entry(entry: ZipInfo, name: str) -> None:
    inner = entry.filename.encode("unicode_escape").decode()[:60]
    if entry.flag_bits & _ENCRYPTED:
        raise DocumentError(f"{name}: parola korumalı; parolasını kaldırıp yeniden kaydedin.")
    if _OUTSIDE.search(entry.filename):
        raise DocumentError(
            f'{name}: içindeki bir dosyanın adı dışarıyı gösteriyor ("{inner}"); bu dosyaya güvenmeyin.'
        )
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise DocumentError(f'{name}: "{inner}" bilinmeyen bir yöntemle sıkıştırılmış; yeniden kaydedin.')
    is_xml = entry.filename.lower().endswith(_XML)  # pictures are never unpacked further
    if is_xml and entry.file_size > MAX_PART:
        raise DocumentError(
            f'{name}: "{inner}" açılınca çok büyük ({entry.file_size / MIB:.0f} MiB; sınır {MAX_PART // MIB} MiB); '
            "bölerek verin."
        )
    if is_xml and entry.file_size > max(RATIO_FROM, MAX_RATIO * entry.compress_size):
        raise DocumentError(
            f'{name}: "{inner}" {entry.file_size // max(1, entry.compress_size)} kat sıkıştırılmış; bir sıkıştırma '
            "bombası olabilir, belgeyi özgün programında açıp yeniden kaydedin."
        )


def _check_xml(archive: ZipFile, entry: ZipInfo, name: str) -> None:
    """Office XML never declares a document type; a declaration is how bombs of entities and outer files come in."""
    with archive.open(entry) as file:
        head = file.read(_HEAD)
    if any(word in head for word in _TYPES):
        inner = entry.filename.encode("unicode_escape").decode()[:60]
        raise DocumentError(
            f'{name}: "{inner}" yasak bir XML tanımı (DOCTYPE/ENTITY) içeriyor; belgeyi yeniden kaydedin.'
        )
