"""The exception tree of Kente Sor: every error that a user can meet descends from :class:`KenteSorError`.

    KenteSorError
    ├── InputError            what the user gave cannot be worked on (a question, an option)
    ├── DocumentError         one document cannot be read; the others go on
    ├── CatalogueError        sources.toml is wrong
    ├── EncoderError          the embedding model cannot be made, loaded or used
    ├── StorageError          a folder cannot be written: disk full, read-only, no permission
    ├── ServerError           the web app cannot listen where it was told to
    ├── PeerError             another engine of the benchmark cannot be installed or run; the others go on
    └── IndexUnusableError
        ├── IndexMissingError     no index in that folder
        ├── IndexOutdatedError    made by another version or another model
        └── IndexDamagedError     a file is missing or not what the manifest says

Each message says what is wrong, where, and what to do; the command line prints it as one line.
"""

import errno

_REASONS = {
    errno.ENOENT: "böyle bir dosya ya da klasör yok",
    errno.ENOSPC: "diskte yer kalmadı",
    errno.EDQUOT: "disk kotası doldu",
    errno.EACCES: "izin yok",
    errno.EPERM: "izin yok",
    errno.EROFS: "dosya sistemi salt okunur",
    errno.EISDIR: "bu bir klasör",
    errno.ENOTDIR: "yol bir klasör değil",
    errno.EEXIST: "yol bir klasör değil",
    errno.EIO: "disk okunamıyor ya da yazılamıyor",
    errno.ELOOP: "bağlantılar birbirini gösteriyor",
    errno.ENAMETOOLONG: "ad çok uzun",
    errno.EADDRINUSE: "bu kapı kullanımda",
    errno.EADDRNOTAVAIL: "bu adres bu makinenin değil",
}


def reason_of(error: OSError) -> str:
    """The operating system's refusal in Turkish; in its own words where it is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class KenteSorError(Exception):
    """Base of every error that Kente Sor raises on purpose."""


class InputError(KenteSorError):
    """What the user gave cannot be worked on."""


class DocumentError(KenteSorError):
    """One document cannot be read."""


class CatalogueError(KenteSorError):
    """The catalogue of documents is not valid."""


class EncoderError(KenteSorError):
    """The embedding model cannot be made, loaded or used."""


class StorageError(KenteSorError):
    """A folder or file cannot be written."""


class ServerError(KenteSorError):
    """The web app cannot listen where it was told to."""


class PeerError(KenteSorError):
    """Another engine of the benchmark cannot be installed or run."""


class IndexUnusableError(KenteSorError):
    """The index cannot be used; its subclasses say why."""


class IndexMissingError(IndexUnusableError):
    """There is no index in the folder."""


class IndexOutdatedError(IndexUnusableError):
    """The index was made by another version of Kente Sor or by another model."""


class IndexDamagedError(IndexUnusableError):
    """A file of the index is missing or is not what the manifest says."""
