"""PDFs that viewers open although they break the format's rules: false lengths of streams, boxes that are none."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve_all

_USUAL = (0.0, 0.0, 612.0, 792.0)  # what viewers take for a page that tells no size


def saved_again(data: bytes) -> bytes | None:
    """The PDF in ``data`` as the library that draws pages reads and saves it; None where that cannot read it either.

    It finds where streams end whatever length they tell, and objects that the table of objects does not.
    """
    saved = BytesIO()
    try:
        pypdfium2.PdfDocument(data).save(saved)
    except pypdfium2.PdfiumError:
        return None
    return saved.getvalue()


def with_sound_box(page: PDFPage) -> PDFPage:
    """``page`` with the corners of its size in order, and the usual size where it tells none."""
    try:
        x0, y0, x1, y1 = (float(side) for side in resolve_all(page.attrs["MediaBox"]))
    except (KeyError, TypeError, ValueError):
        x0, y0, x1, y1 = _USUAL
    page.mediabox = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    page.attrs["MediaBox"] = list(page.mediabox)
    return page
