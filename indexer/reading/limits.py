"""How much a reader takes on: what is larger is refused with one line, before it is unpacked or laid out in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import DocumentError

MIB = 1024 * 1024

MAX_BYTES = 64 * MIB
"""Of a file."""

MAX_ENTRIES = 4_000
"""Files within an office document; a real one has some dozens, and one more for each picture."""

MAX_UNPACKED = 512 * MIB
"""Bytes of all files within an office document together."""

MAX_PART = 192 * MIB
"""Bytes of one XML file within an office document."""

MAX_RATIO = 400
"""How many times as large as its packed form an XML file may be: sheets of empty cells reach 200, bombs 1,000."""

RATIO_FROM = 4 * MIB
"""Bytes of an unpacked file from which on its ratio counts."""

MAX_TEXT = 40_000_000
"""Characters of the text of a document."""

MAX_CELLS = 4_000_000
"""Fields of the tables of a document, the empty ones between two full ones included."""

MAX_SPAN = 1_000
"""Columns that one cell may span, as in browsers."""

MAX_WIDTH = 16_384
"""Columns of a table from which on cells span no more, as in the widest sheet."""

MAX_DEPTH = 200
"""Elements within each other in a page or a document; recursion follows them."""


@contextmanager
def reading(name: str, format_name: str) -> Iterator[None]:
    """Turns whatever a library stumbles over in a file into one line.

    Args:
        name: how the file is called in messages.
        format_name: what it should be, such as "DOCX".

    Raises:
        DocumentError: the content is damaged; an error of this kind from within passes unchanged.
    """
    try:
        yield
    except (DocumentError, MemoryError):
        raise
    except RecursionError:
        raise DocumentError(f"{name}: {format_name} içeriği çok derin iç içe; sadeleştirip yeniden kaydedin.") from None
    except Exception as error:  # a hostile file can make a library raise anything
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise DocumentError(
            f"{name}: {format_name} dosyası hasarlı ya da eksik ({reason}); özgün programında açıp yeniden kaydedin."
        ) from error
