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
    labels = {figure.label for figure in alike}
    if len(owners) > 1:
        kinds = {measure_name(figure, texts.language) for figure in alike}
        title = ", ".join((texts("ask.picture_owners"), *(kinds if len(kinds) == 1 else ())))
        return _named(chart(texts, title, _by_measure(texts, alike, mark, lambda figure: figure.municipality)))
    if len(years - {None}) > 1 and (len(labels) == 1 or len(years) == len(alike)):
        by_year = sorted(alike, key=lambda figure: figure.year or 0)
        title = f"{alike[0].municipality}, {alike[0].label}"
        return chart(texts, title, _by_measure(texts, by_year, mark, lambda figure: str(figure.year or "")))
    if len(labels) == len(alike) > _LEAST:
        title = f"{alike[0].municipality}, {measure_name(alike[0], texts.language)}"
        points = [_point(texts, figure, figure.label, mark) for figure in alike]
        return _named(chart(texts, title, [Series("", points)]))
    return ""


def is_series(answer: Answer) -> bool:
    """Whether an answer tells one thing over several years."""
    years = {figure.year for figure in answer.figures}
    owners = {(figure.municipality, figure.label, figure.unit) for figure in answer.figures}
    return len(owners) == 1 and len(years) > 1


def _named(drawn: str) -> str:
    """A chart whose labels are names, which stand above the bars and not beside them."""
    return f'<div class="ks-named">{drawn}</div>'


def _by_measure(
    texts: Texts, figures: Sequence[AnswerFigure], mark: Mark, label_of: Callable[[AnswerFigure], str]
) -> list[Series]:
    """A series for each measure; what is planned comes first. A label has one value of a measure: the first."""
    measures = dict.fromkeys(figure.measure for figure in figures)
    labels = list(dict.fromkeys(label_of(figure) for figure in figures))
    made = []
    for measure in sorted(measures, key=lambda measure: measure not in _PLANNED):
        of_measure = {label_of(figure): figure for figure in reversed(figures) if figure.measure == measure}
        points = [
            _point(texts, of_measure[label], label, mark) if label in of_measure else Point(label, None, "")
            for label in labels
        ]
        made.append(Series(texts(f"measures.{measure}"), points, planned=measure in _PLANNED))
    return made


def _point(texts: Texts, figure: AnswerFigure, label: str, mark: Mark) -> Point:
    return Point(label, figure.value, amount(figure, texts.language), mark(figure.citation))
