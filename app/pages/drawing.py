"""Draws a page of a PDF in a process of its own, which may take so much time, memory and so many pixels and no more."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from indexer.errors import KenteSorError
from indexer.records import Box

MEDIA_TYPE: Final = "image/webp"
_CHILD = Path(__file__).with_name("child.py")
_BEGINNING = b"RIFF"
_WAITING = 3


class DrawingError(KenteSorError):
    """A page cannot be drawn."""

    def __init__(self, page: int) -> None:
        super().__init__(f"{page}. sayfanın resmi çizilemedi; metnini okuyabilirsiniz.")


@dataclass(frozen=True, slots=True)
class Limits:
    """What drawing one page may take.

    Attributes:
        seconds: of processor time; of the clock, which runs on while others work, it may take thrice as many.
        memory: bytes of address space.
        pixels: in all.
        pixels_wide: from left to right.
    """

    seconds: int = 10
    memory: int = 1 << 30
    pixels: int = 4_000_000
    pixels_wide: int = 1400


LIMITS: Final = Limits()
"""Ample for any page that people print."""


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be drawn.

    Attributes:
        path: the PDF.
        page: its place in the file, from 1.
        width: of the page as its words were placed on it, in points.
        height: see ``width``.
        covered: what is blacked out.
        words: all words that were looked at for personal data; None where none is masked.
    """

    path: Path
    page: int
    width: float
    height: float
    covered: Sequence[Box] = ()
    words: Sequence[Box] | None = None


def draw(job: Job, limits: Limits = LIMITS) -> bytes:
    """The page as a WebP picture.

    Raises:
        DrawingError: the file is damaged or goes beyond the limits, or its page has another size than its words tell.
    """
    told = {
        "path": str(job.path),
        "page": job.page,
        "width": job.width,
        "height": job.height,
        "covered": [astuple(box) for box in job.covered],
        "words": None if job.words is None else [astuple(box) for box in job.words],
        "seconds": limits.seconds,
        "memory": limits.memory,
        "pixels": limits.pixels,
        "pixels_wide": limits.pixels_wide,
    }
    try:
        drawn = subprocess.run(
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(told).encode(),
            capture_output=True,
            timeout=limits.seconds * _WAITING,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DrawingError(job.page) from error
    if not drawn.stdout.startswith(_BEGINNING):
        raise DrawingError(job.page)
    return drawn.stdout
