"""The bytes of a file that someone put into the folder of documents."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import DocumentError, reason_of
from indexer.reading.limits import MAX_BYTES, MIB


def read_bytes(path: Path, max_bytes: int = MAX_BYTES) -> bytes:
    """The content of the file at ``path``.

    Raises:
        DocumentError: it is missing, a folder, larger than ``max_bytes`` or cannot be read.
    """
    try:
        if path.is_dir():
            raise DocumentError(f"{path}: bu bir klasör, belge değil; içindeki dosyaları verin.")
        size = path.stat().st_size
        if size > max_bytes:
            raise DocumentError(
                f"{path}: dosya çok büyük ({size / MIB:.0f} MiB; sınır {max_bytes // MIB} MiB); bölerek verin."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: böyle bir dosya yok; adını ve klasörünü denetleyin.") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise DocumentError(f"{path}: dosya okunamıyor ({reason}); izinlerini ve diski denetleyin.") from error
