"""Plain text files, decoded without changing a character."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import DocumentError, reason_of

MAX_BYTES = 64 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of the UTF-8 file at ``path``: no newline translation, and a byte order mark stays as U+FEFF.

    So offsets hold against ``open(path, encoding="utf-8", newline="").read()``. Raises
    :class:`~indexer.errors.DocumentError` where the file cannot be read as text.
    """
    try:
        if path.is_dir():
            raise DocumentError(f"{path}: bu bir klasör, belge değil; içindeki dosyaları verin.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(
                f"{path}: dosya çok büyük ({size / 2**20:.0f} MiB; sınır {MAX_BYTES // 2**20} MiB); bölerek verin."
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: böyle bir dosya yok; adını ve klasörünü denetleyin.") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise DocumentError(f"{path}: dosya okunamıyor ({reason}); izinlerini ve diski denetleyin.") from error
    return _decode(data, path)


def _decode(data: bytes, path: Path) -> str:
    if b"\0" in data:
        raise DocumentError(f"{path}: metin değil, ikili bir dosya; UTF-8 kodlu metin olarak kaydedin.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{path}: UTF-8 kodlu değil ({error.start}. bayt); metni UTF-8'e çevirin (çoğu kez Windows-1254'tür)."
        ) from None
    # Everything that can be seen counts as text; white space, no-break spaces and a byte order mark do not.
    if not text.replace("\ufeff", "").strip():
        raise DocumentError(f"{path}: dosya boş; içinde metin olan bir belge verin.")
    return text
