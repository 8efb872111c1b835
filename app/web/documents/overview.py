"""The list of the documents that are held, with how much was read in each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from urllib.parse import quote

from app.objects import Counts
from app.web.documents.view import View
from app.web.elements import safe
from app.web.texts import Texts
from indexer.records import Document, Source
from indexer.turkish import ascii_key
from qa.wording import number

_COUNTS: Final = ("pages", "passages", "tables", "facts", "ambiguous", "commitments")


def overview(texts: Texts, documents: Mapping[str, Document], counts: Mapping[str, Counts]) -> str:
    """The documents as a table, by municipality and year; on a phone as cards.

    Args:
        texts: the wording.
        documents: those that are held, by id.
        counts: how much was read in each.
    """
    if not documents:
        return f'<p class="ks-quiet">{safe(texts("documents.nothing_held"))}</p>'
    ordered = sorted(documents.values(), key=lambda document: _order(document.source))
    rows = "".join(_row(texts, document, counts[document.id]) for document in ordered)
    heads = "".join(f'<th scope="col" class="ks-num">{safe(texts(f"documents.{name}"))}</th>' for name in _COUNTS)
    label = safe(texts("documents.list"))
    return (
        f'<div class="ks-scrolled" role="region" tabindex="0" aria-label="{label}"><table class="ks-library">'
        f'<thead><tr><th scope="col">{safe(texts("documents.document"))}</th>{heads}'
        f'<th scope="col">{safe(texts("documents.text"))}</th></tr></thead><tbody>{rows}</tbody></table></div>'
        f'<details class="ks-explained"><summary>{safe(texts("documents.counts_title"))}</summary>'
        f"<p>{safe(texts('documents.counts'))}</p></details>"
    )


def about(texts: Texts, source: Source) -> str:
    """Municipality, kind and year of a document in one line, as plain text."""
    years = ""
    if source.year is not None:
        years = str(source.year)
    elif source.period is not None:
        years = f"{source.period[0]}–{source.period[1]}"
    return " · ".join(part for part in (source.municipality, texts(f"documents.kind_{source.kind}"), years) if part)


def download(texts: Texts, source: Source) -> str:
    """The link to the document's text as a file."""
    name = safe(texts("documents.download_of", title=source.title))
    return (
        f'<a href="/api/v1/documents/{safe(quote(source.id))}/text" download aria-label="{name}">'
        f"{safe(texts('documents.download'))}</a>"
    )


def _order(source: Source) -> tuple[str, int, str]:
    return ascii_key(source.municipality), -(source.year or 0), ascii_key(source.title)


def _row(texts: Texts, document: Document, counts: Counts) -> str:
    source = document.source
    known = {page.number for page in document.pages if page.number is not None}
    amounts = {
        "pages": len(known) or None,
        "passages": counts.passages,
        "tables": counts.tables,
        "facts": counts.facts,
        "ambiguous": counts.ambiguous_rows,
        "commitments": counts.commitments,
    }
    cells = "".join(_amount(texts, name, amounts[name]) for name in _COUNTS)
    address = safe(View(source.id).address(texts.address("documents")))
    where, spoken = source.provenance, "tr"
    if texts.language == "en" and source.provenance_en:
        where, spoken = source.provenance_en, "en"
    origin = f'<span class="ks-less" lang="{spoken}">{safe(where)}</span>' if where else ""
    inferred = f'<span class="ks-less">{safe(texts("documents.inferred"))}</span>' if source.inferred else ""
    return (
        f'<tr><th scope="row"><a href="{address}" data-view lang="tr">{safe(source.title)}</a>'
        f'<span class="ks-less">{safe(about(texts, source))}</span>{origin}{inferred}</th>{cells}'
        f'<td data-label="{safe(texts("documents.text"))}">{download(texts, source)}'
        f'<span class="ks-less">{safe(source.file)}</span></td></tr>'
    )


def _amount(texts: Texts, name: str, value: int | None) -> str:
    shown = texts("documents.unknown") if value is None else number(Decimal(value), texts.language)
    return f'<td class="ks-num" data-label="{safe(texts(f"documents.{name}"))}">{safe(shown)}</td>'
