"""Charts made on the server, as HTML that every reader can follow: bars with their values written beside them.

A chart groups its bars by label (a year, a municipality): the bars of one group stand next to each other, one for each
series and never stacked, all on one scale that begins at nought. Names and values are text, so that nothing is said by
colour or length alone; the bars themselves are decoration. Every chart unfolds into a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.web.elements import safe
from app.web.texts import Texts


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a series.

    Attributes:
        label: the group that it stands in, as a year.
        value: its size; None where there is no value, or none that a bar can show.
        text: the value as the reader sees it; empty where there is none: such a point only holds its group's place.
        mark: HTML that leads to its source, as a citation mark; it is shown behind the value as it is.
    """

    label: str
    value: Decimal | None
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, one for each label at most.

    Attributes:
        name: what they are, as "Hedef"; empty where the title of the chart says it already.
        points: the values; groups come in the order in which labels first stand in any series.
        planned: whether they are aims or estimates rather than what came about; their bars are only outlined.
    """

    name: str
    points: Sequence[Point]
    planned: bool = False


def chart(texts: Texts, title: str, series: Sequence[Series]) -> str:
    """A figure with its caption, the bars, and the same as a table to unfold.

    Args:
        texts: the wording.
        title: what the chart shows, with its unit.
        series: the values; all of one unit, since they share a scale.

    Returns:
        HTML; nothing where no point has a value to draw.
    """
    values = [point.value for one in series for point in one.points if point.value is not None]
    if not values:
        return ""
    labels = tuple(dict.fromkeys(point.label for one in series for point in one.points))
    held = [{point.label: point for point in one.points} for one in series]
    scale = _Scale.of(values)
    groups = "".join(_group(label, series, held, scale) for label in labels)
    return (
        f'<figure class="ks-chart"><figcaption>{safe(title)}</figcaption><ul class="ks-bars">{groups}</ul>'
        f"<details><summary>{safe(texts('charts.table'))}</summary>{_table(texts, title, labels, series, held)}"
        f"</details></figure>"
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From the least value (nought, or below it) over ``width`` to the greatest one."""

    least: Decimal
    width: Decimal

    @classmethod
    def of(cls, values: Sequence[Decimal]) -> _Scale:
        least = min(Decimal(0), *values)
        return cls(least, max(Decimal(0), *values) - least)

    def style(self, value: Decimal) -> str:
        """Where the bar of a value that is not nought begins and how long it is, in per cent of the room for bars."""
        start = 100 * (min(value, Decimal(0)) - self.least) / self.width
        return f"margin-left:{start:.2f}%;width:{100 * abs(value) / self.width:.2f}%"


def _group(label: str, series: Sequence[Series], held: Sequence[dict[str, Point]], scale: _Scale) -> str:
    bars = "".join(_bars(label, series, held, scale))
    return f'<li><span class="ks-bar-label">{safe(label)}</span><ul>{bars}</ul></li>' if bars else ""


def _bars(label: str, series: Sequence[Series], held: Sequence[dict[str, Point]], scale: _Scale) -> Iterator[str]:
    for one, points in zip(series, held, strict=True):
        point = points.get(label)
        if point is None or not point.text:
            continue
        name = f'<span class="ks-bar-name">{safe(one.name)}</span> ' if one.name else ""
        kind = "ks-bar ks-planned" if one.planned else "ks-bar"
        bar = f'<span class="{kind}" style="{scale.style(point.value)}"></span>' if point.value else ""
        yield (
            f'<li>{name}<span class="ks-bar-value">{safe(point.text)} {point.mark}</span>'
            f'<span class="ks-bar-room" aria-hidden="true">{bar}</span></li>'
        )


def _table(
    texts: Texts, title: str, labels: Sequence[str], series: Sequence[Series], held: Sequence[dict[str, Point]]
) -> str:
    head = "".join(f'<th scope="col">{safe(one.name)}</th>' for one in series)
    rows = "".join(
        f'<tr><th scope="row">{safe(label)}</th>{"".join(_cell(texts, points.get(label)) for points in held)}</tr>'
        for label in labels
    )
    return (
        f'<div class="ks-scroll" tabindex="0" role="region" aria-label="{safe(title)}"><table>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(texts: Texts, point: Point | None) -> str:
    if point is None or not point.text:
        return f"<td>{safe(texts('charts.no_value'))}</td>"
    return f"<td>{safe(point.text)} {point.mark}</td>"
