"""The table of promises: a row each, heads that sort, pages, and the history under the row that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from app.promises.judging import State
from app.promises.view import COLUMNS, PAGE_ROWS, Column, Row, View, deviation_percent
from app.web.elements import safe
from app.web.promises.wording import address, deviation, signed_percent, values
from app.web.texts import Texts
from qa.wording import number

_SIGNS: Final[dict[State, str]] = {"met": "✓", "missed": "✕", "pending": "…", "unclear": "?"}
_GOAL = 100  # characters
_HEADS: Final[tuple[Column | str, ...]] = ("label", "municipality", "year", "target", "actual", "state", "deviation")


def state_mark(texts: Texts, state: State) -> str:
    """Whether a target was reached, as a sign and a word."""
    name = safe(texts(f"promises.state_{state}"))
    return f'<span class="ks-state ks-{state}"><span aria-hidden="true">{_SIGNS[state]}</span> {name}</span>'


def count_line(texts: Texts, rows: Sequence[Row], view: View) -> str:
    """How many promises a view has, and which of them its page shows."""
    if not rows:
        return safe(texts("promises.none"))
    if _pages(rows) == 1:
        return safe(texts("promises.count_all", count=len(rows)))
    first = (min(view.page, _pages(rows)) - 1) * PAGE_ROWS + 1
    sizes = {"count": len(rows), "first": first, "last": min(first + PAGE_ROWS - 1, len(rows))}
    return safe(
        texts("promises.count", **{name: number(Decimal(size), texts.language) for name, size in sizes.items()})
    )


def table(texts: Texts, rows: Sequence[Row], view: View, history: str, meant: View | None = None) -> str:
    """The rows of a view's page.

    Args:
        texts: the wording.
        rows: those of all pages, sorted.
        view: what is looked at.
        history: HTML of the promise that is open; it is shown where its row stands on this page.
        meant: what may have been looked for, where there are no rows.
    """
    page = min(view.page, _pages(rows))
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    body = "".join(_row(texts, row, view, history) for row in shown)
    heads = "".join(_head(texts, name, view) for name in _HEADS)
    content = (
        f'<table class="ks-table" role="table"><caption class="ks-unseen">{safe(texts("promises.table"))}</caption>'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
        if rows
        else f'<p class="ks-card ks-quiet">{safe(texts("promises.none_hint"))}{_meant(texts, meant)}</p>'
    )
    return (
        f'<div class="ks-promises" data-address="{address(texts, view)}">{_tools(texts, rows, view)}{content}'
        f"{_pager(texts, page, _pages(rows), view)}</div>"
    )


def _meant(texts: Texts, meant: View | None) -> str:
    if meant is None:
        return ""
    return f"<br>{_link(texts, meant, texts('promises.meant', query=meant.query), 'ks-meant')}"


def _pages(rows: Sequence[Row]) -> int:
    return max(1, -(-len(rows) // PAGE_ROWS))


def _tools(texts: Texts, rows: Sequence[Row], view: View) -> str:
    """What can be done with the view: clear it, pass it on, take it away."""
    chosen = replace(view.filters(), order="") != View()
    clear = _link(texts, View(), texts("promises.clear"), "ks-clear") if chosen else ""
    query = "&".join(part for part in (view.filters().to_query(), f"lang={texts.language}") if part)
    files = "".join(
        f'<li><a href="/api/v1/commitments.{kind}?{safe(query)}" download>{safe(texts(f"promises.{kind}"))}</a></li>'
        for kind in (("csv", "xlsx") if rows else ())
    )
    share = f'<li><a href="{address(texts, view)}">{safe(texts("promises.share"))}</a></li>'
    return f'<ul class="ks-tools">{f"<li>{clear}</li>" if clear else ""}{share}{files}</ul>'


def _head(texts: Texts, name: str, view: View) -> str:
    title = texts(f"promises.head_{name}")
    column = next((column for column in COLUMNS if column == name), None)
    if column is None:
        return f'<th scope="col" role="columnheader">{safe(title)}</th>'
    order = {column: ("ascending", "▲"), f"-{column}": ("descending", "▼")}.get(view.order)
    sort, arrow = order or ("none", "")
    sign = f' <span aria-hidden="true">{arrow}</span>' if arrow else ""
    link = _link(texts, view.sorted_by(column), title, f"ks-head-{name}", sign, texts("promises.sort", column=title))
    return f'<th scope="col" role="columnheader" aria-sort="{sort}">{link}</th>'


def _row(texts: Texts, row: Row, view: View, history: str) -> str:
    promise, record = row.promise, row.record
    commitment = promise.commitment
    is_open = promise.id == view.opened and history != ""
    target = replace(view, opened="" if is_open else promise.id)
    under = [_shortened(promise.goal.title)] if promise.goal else []
    under += [", ".join(promise.units)] if promise.units else []
    notes = "".join(f'<span class="ks-under">{safe(text)}</span>' for text in under)
    name = f"ks-row-{promise.id}"
    link = (
        f'<a id="{name}" href="{address(texts, target)}" data-view aria-expanded="{"true" if is_open else "false"}">'
        f"{safe(commitment.label)}</a>"
    )
    budget = record.planned[0].measure == "budget"
    planned = values(record.planned, texts.language)
    kind = f' <span class="ks-under">{safe(texts("promises.as_budget"))}</span>' if budget else ""
    cells = [
        ("municipality", safe(commitment.municipality)),
        ("year", str(record.year)),
        ("target", safe(planned) + kind),
        ("actual", safe(values(record.actual, texts.language)) or _nothing(texts)),
        ("state", state_mark(texts, record.state)),
        ("deviation", safe(_deviation(texts, row)) or _nothing(texts)),
    ]
    data = "".join(
        f'<td role="cell" class="ks-col-{column}" data-label="{safe(texts(f"promises.head_{column}"))}">'
        f"<span>{html}</span></td>"
        for column, html in cells
    )
    opened = (
        f'<tr role="row" class="ks-history"><td role="cell" colspan="{len(_HEADS)}">{history}</td></tr>'
        if is_open
        else ""
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{link}{notes}</th>{data}</tr>{opened}'


def _shortened(title: str) -> str:
    """A title of at most ``_GOAL`` characters, cut between words."""
    return title if len(title) <= _GOAL else f"{title[:_GOAL].rpartition(' ')[0]} …"


def _deviation(texts: Texts, row: Row) -> str:
    percent = deviation_percent(row)
    if percent is not None:
        return signed_percent(percent, texts.language)
    outcome = row.record.outcome
    return deviation(texts, outcome, row.promise.commitment.unit) if outcome else ""


def _nothing(texts: Texts) -> str:
    return f'<span class="ks-dim" aria-label="{safe(texts("charts.no_value"))}" role="img">–</span>'


def _pager(texts: Texts, page: int, pages: int, view: View) -> str:
    if pages == 1:
        return ""
    before = _link(texts, replace(view, page=page - 1, opened=""), texts("promises.previous"), "ks-previous")
    after = _link(texts, replace(view, page=page + 1, opened=""), texts("promises.next"), "ks-next")
    where = safe(texts("promises.page_of", page=page, pages=pages))
    return (
        f'<nav class="ks-pager" aria-label="{safe(texts("promises.pages"))}">{before if page > 1 else ""}'
        f"<span>{where}</span>{after if page < pages else ''}</nav>"
    )


def _link(texts: Texts, view: View, text: str, name: str, sign: str = "", label: str = "") -> str:
    """A link to another view; the page follows it without being loaded anew."""
    hint = f' title="{safe(label)}"' if label else ""
    return f'<a id="{name}" href="{address(texts, view)}" data-view{hint}>{safe(text)}{sign}</a>'
