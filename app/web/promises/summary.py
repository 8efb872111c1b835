"""How many promises were kept: the four numbers of a view, and a picture for each strategic goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.promises.goals import Goal
from app.promises.judging import STATES, State
from app.promises.view import Row, View
from app.web.charts import Point, Series, chart
from app.web.elements import safe
from app.web.promises.table import state_mark
from app.web.promises.wording import address
from app.web.texts import Texts
from indexer.turkish import ascii_key
from qa.wording import number

_MUNICIPALITIES = 12  # drawn at once; with more, one is to be chosen


def summary(texts: Texts, rows: Sequence[Row], view: View) -> str:
    """The four numbers, each a link that chooses its rows, and the pictures to unfold.

    Args:
        texts: the wording.
        rows: those of the view whatever their state, so that the numbers stay when one of them is chosen.
        view: what is looked at.
    """
    counts = Counter(row.record.state for row in rows)
    tiles = "".join(_tile(texts, state, counts[state], view) for state in STATES)
    municipalities = sorted({row.promise.commitment.municipality for row in rows}, key=ascii_key)
    if len(municipalities) > _MUNICIPALITIES:
        pictures = f'<p class="ks-hint">{safe(texts("promises.choose_municipality"))}</p>'
    else:
        pictures = "".join(_picture(texts, name, rows, is_open=len(municipalities) == 1) for name in municipalities)
        if len(municipalities) > 1:
            pictures = f"<details><summary>{safe(texts('promises.by_goals'))}</summary>{pictures}</details>"
    return (
        f'<section class="ks-summary" aria-label="{safe(texts("promises.summary"))}"><ul class="ks-tiles">{tiles}</ul>'
        f"{pictures}<details><summary>{safe(texts('promises.how'))}</summary><p>{safe(texts('promises.how_year'))}</p>"
        f"<p>{safe(texts('promises.how_state'))}</p></details></section>"
    )


def _tile(texts: Texts, state: State, count: int, view: View) -> str:
    is_chosen = state in view.states
    states: tuple[State, ...] = () if is_chosen else (state,)
    # Without the order: the numbers then stay as they are, and what is unfolded open, when the table is sorted.
    target = replace(view, states=states, order="", page=1, opened="")
    current = ' aria-current="true"' if is_chosen else ""
    return (
        f'<li><a id="ks-tile-{state}" href="{address(texts, target)}" data-view{current}>'
        f'<span class="ks-tile-count">{number(Decimal(count), texts.language)}</span> '
        f"{state_mark(texts, state)}</a></li>"
    )


def _picture(texts: Texts, municipality: str, rows: Sequence[Row], *, is_open: bool) -> str:
    """The goals of one municipality, with how many promises under each were kept."""
    own = [row for row in rows if row.promise.commitment.municipality == municipality]
    goals = sorted({row.promise.goal for row in own if row.promise.goal}, key=_goal_order)
    groups: list[tuple[str, Goal | None]] = [(goal.title, goal) for goal in goals]
    if any(row.promise.goal is None for row in own):
        groups.append((texts("promises.no_goal"), None))
    series = []
    for state in STATES:
        counts = Counter(row.promise.goal for row in own if row.record.state == state)
        points = [
            Point(title, Decimal(counts[goal]), number(Decimal(counts[goal]), texts.language)) for title, goal in groups
        ]
        series.append(Series(texts(f"promises.state_{state}"), points, planned=state == "pending"))
    title = texts("promises.by_goal", municipality=municipality, count=number(Decimal(len(own)), texts.language))
    drawn = chart(texts, texts("promises.by_goal_caption"), series)
    return f"<details{' open' if is_open else ''}><summary>{safe(title)}</summary>{drawn}</details>"


def _goal_order(goal: Goal) -> tuple[tuple[int, ...], str]:
    """Numbers in a title by their size: the second goal goes before the tenth."""
    digits = "".join(letter if letter.isdigit() else " " for letter in goal.title.partition(":")[0])
    return tuple(int(part) for part in digits.split()), ascii_key(goal.title)
