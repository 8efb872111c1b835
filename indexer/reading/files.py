"""The bytes of a file that someone put into the folder of documents."""

from __future__ import annotations

from pathlib import Path

from indexer.errors import DocumentError, reason_of

MAX_BYTES = 64 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """The content of the file at ``path``.

    Raises:
        DocumentError: it is missing, a folder, larger than :data:`MAX_BYTES` or cannot be read.
    """
    try:
        if path.is_dir():
            raise DocumentError(f"{path}: bu bir klasör, belge değil; içindeki dosyaları verin.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(
                f"{path}: dosya çok büyük ({size / 2**20:.0f} MiB; sınır {MAX_BYTES // 2**20} MiB); bölerek verin."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(f"{path}: böyle bir dosya yok; adını ve klasörünü denetleyin.") from None
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        raise DocumentError(f"{path}: dosya okunamıyor ({reason}); izinlerini ve diski denetleyin.") from error
