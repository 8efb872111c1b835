"""The process that draws one page of a PDF: run as a script by :mod:`app.pages.drawing`, under limits of its own.

The job comes as JSON on standard input, the picture goes out as WebP on standard output. Nothing of Kente Sor is
imported, and what a hostile file may do to this process ends with it.
"""

from __future__ import annotations

import ctypes
import json
import math
import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any

OTHER_SIZE = 3
"""Exit status: the page is not of the size that its words were placed on, so that boxes would lie elsewhere."""

_QUALITY, _EFFORT = 80, 2
_AROUND = 1.0  # points beyond a word's box that are covered as well
_SAME_SIZE = 1.0  # points
_FEW_DIGITS = 7  # a phone number without its area code; identity numbers have more

Sides = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the upper left corner of the page as it is shown."""


def main() -> None:
    """Draws the page that standard input tells of."""
    job: dict[str, Any] = json.load(sys.stdin.buffer)
    _limit(job["memory"], job["seconds"])
    import pypdfium2  # under the limits
    from PIL import ImageDraw

    page = pypdfium2.PdfDocument(job["path"])[job["page"] - 1]
    width, height = page.get_size()
    if abs(width - job["width"]) > _SAME_SIZE or abs(height - job["height"]) > _SAME_SIZE:
        sys.exit(OTHER_SIZE)
    scale = min(job["pixels_wide"] / width, math.sqrt(job["pixels"] / (width * height)))
    # What annotations and forms show was never read: it is not in the text, and would not be masked there.
    picture = page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")
    covered = [tuple(box) for box in job["covered"]]
    if job["words"] is not None:
        covered += _left_out(page, [tuple(box) for box in job["words"]])
    pen = ImageDraw.Draw(picture)
    for x0, top, x1, bottom in covered:
        corners = (x0 - _AROUND, top - _AROUND, x1 + _AROUND, bottom + _AROUND)
        pen.rectangle([side * scale for side in corners], fill="black")
    picture.save(sys.stdout.buffer, "WEBP", quality=_QUALITY, method=_EFFORT)


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system: there is still the parent's clock
        return
    limits = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        resource.setrlimit(kind, (most, most))


def _left_out(page: Any, words: list[Sides]) -> list[Sides]:
    """Lines that may hold personal data and were not looked at, as running headers: they are no words of the text."""
    covered: list[Sides] = []
    for line in _lines(page):
        for is_seen, part in groupby(line, lambda sign: _lies_within(sign[1], words)):
            signs, boxes = zip(*part, strict=True)
            text = "".join(signs)
            if not is_seen and ("@" in text or "\ufffd" in text or sum(map(str.isdigit, text)) >= _FEW_DIGITS):
                left, top, right, bottom = zip(*boxes, strict=True)
                covered.append((min(left), min(top), max(right), max(bottom)))
    return covered


def _lines(page: Any) -> Iterator[list[tuple[str, Sides]]]:
    """What is printed on a page, line by line: each sign with its place; one that no reader understands as U+FFFD."""
    from pypdfium2 import raw

    width, height = page.get_size()
    fine = 10  # the library answers in whole units
    text = page.get_textpage()
    x, y = ctypes.c_int(), ctypes.c_int()
    line: list[tuple[str, Sides]] = []

    def placed(across: float, up: float) -> tuple[float, float]:
        size = (0, 0, round(width * fine), round(height * fine), 0)
        raw.FPDF_PageToDevice(page, *size, across, up, ctypes.byref(x), ctypes.byref(y))
        return x.value / fine, y.value / fine

    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        if code in (10, 13):
            yield line
            line = []
        if code <= 32:
            continue
        left, low, right, high = text.get_charbox(number)
        (x0, y0), (x1, y1) = placed(left, high), placed(right, low)
        sign = chr(code) if code < 0xE000 or 0xF8FF < code < 0x110000 else "\ufffd"
        line.append((sign, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))))
    yield line


def _lies_within(box: Sides, words: list[Sides]) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        x0 - _AROUND <= across <= x1 + _AROUND and top - _AROUND <= down <= bottom + _AROUND
        for x0, top, x1, bottom in words
    )


if __name__ == "__main__":
    main()
