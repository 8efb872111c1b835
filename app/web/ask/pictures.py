"""Charts of an answer's figures: the years of a series, municipalities side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.web.charts import Point, Series, chart
from app.web.texts import Texts
from indexer.records import Measure
from qa.records import Answer, AnswerFigure
from qa.wording import amount, measure_name

_LEAST, _MOST = 2, 24  # figures that make a chart
_PIECES = "adet"  # what a number without a unit counts
_PLANNED: tuple[Measure, ...] = ("target", "estimate", "budget")

Mark = Callable[[int], str]
"""The citation mark of a number, as HTML."""


def picture(texts: Texts, answer: Answer, mark: Mark) -> str:
    """The chart of an answer whose figures can be set against each other; nothing where they cannot.

    Args:
        texts: the wording.
        answer: the answer.
        mark: makes the marks that lead from the values to their places.
    """
    alike = [figure for figure in answer.figures if figure.computed is None]
    units = {figure.unit or _PIECES for figure in alike}
    if answer.status != "answered" or not _LEAST <= len(alike) <= _MOST or len(units) > 1:
        return ""
    years = {figure.year for figure in alike}
    owners = {figure.municipality for figure in alike}
    kinds = {measure_name(figure, texts.language) for figure in alike}
    only = next(iter(kinds)) if len(kinds) == 1 else ""
    if len(owners) > 1:
        title = ", ".join(filter(None, (texts("ask.picture_owners"), only)))
        return _named(_drawn(texts, title, alike, mark, _owner if len(years) == 1 else _owner_and_year))
    labels = dict.fromkeys(figure.label for figure in alike)
    named = " / ".join(labels)
    if None not in years and (len(years) > 1 or len(kinds) == len(alike) == _LEAST > len(labels)):
        by_year = sorted(alike, key=lambda figure: figure.year or 0)
        return _drawn(texts, f"{alike[0].municipality}, {named}", by_year, mark, lambda figure: str(figure.year))
    if is_list(answer):
        return _named(_drawn(texts, f"{alike[0].municipality}, {only}", alike, mark, lambda figure: figure.label))
    return ""


def is_list(answer: Answer) -> bool:
    """Whether an answer lists several things of one municipality with a value of one kind each."""
    kinds = {(figure.municipality, figure.year, figure.measure, figure.unit) for figure in answer.figures}
    labels = {figure.label for figure in answer.figures}
    computed = any(figure.computed is not None for figure in answer.figures)
    return len(kinds) == 1 and not computed and _LEAST < len(labels) == len(answer.figures) <= _MOST


def is_series(answer: Answer) -> bool:
    """Whether an answer tells one thing over several years, each value of a year and measure once."""
    values = {(figure.year, figure.measure) for figure in answer.figures if figure.year and figure.computed is None}
    things = {(figure.municipality, figure.label, figure.unit) for figure in answer.figures}
    return len(things) == 1 and len(values) == len(answer.figures) and len({year for year, _ in values}) > 1


def _owner(figure: AnswerFigure) -> str:
    return figure.municipality


def _owner_and_year(figure: AnswerFigure) -> str:
    return figure.municipality if figure.year is None else f"{figure.municipality}, {figure.year}"


def _named(drawn: str) -> str:
    """A chart whose labels are names, which stand above the bars and not beside them."""
    return f'<div class="ks-named">{drawn}</div>'


def _drawn(
    texts: Texts, title: str, figures: Sequence[AnswerFigure], mark: Mark, label_of: Callable[[AnswerFigure], str]
) -> str:
    """A series for each measure, what is planned first; nothing where a label has two values of one measure."""
    if len({(label_of(figure), figure.measure) for figure in figures}) < len(figures):
        return ""  # a chart that shows one of two values would hide the other
    measures = sorted({figure.measure: None for figure in figures}, key=lambda measure: measure not in _PLANNED)
    labels = list(dict.fromkeys(map(label_of, figures)))
    series = []
    for measure in measures:
        held = {label_of(figure): figure for figure in figures if figure.measure == measure}
        points = [
            _point(texts, held[label], label, mark) if label in held else Point(label, None, "") for label in labels
        ]
        series.append(Series(texts(f"measures.{measure}"), points, planned=measure in _PLANNED))
    return chart(texts, title, series)


def _point(texts: Texts, figure: AnswerFigure, label: str, mark: Mark) -> Point:
    return Point(label, figure.value, amount(figure, texts.language), mark(figure.citation))
