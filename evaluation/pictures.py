"""The pictures of a report: bars with intervals, risk by coverage, latency against quality. Drawn with matplotlib."""

from __future__ import annotations

import io
import statistics
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evaluation.bootstrap import interval
from evaluation.measures.calibration import curve
from evaluation.results import Run
from indexer.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_WIDTH, _HEIGHT, _DOTS = 8.0, 4.0, 110


def bars(runs: Sequence[Run], measures: Sequence[str]) -> bytes:
    """A group of bars for each measure, a bar for each run, with 95 % intervals."""
    figure, axes = _figure()
    thick = 0.8 / len(runs)
    for place, run in enumerate(runs):
        bands = [(at, band) for at, name in enumerate(measures) if (band := interval(run.results, name)) is not None]
        axes.bar(
            [at + (place - (len(runs) - 1) / 2) * thick for at, _ in bands],
            [band.value for _, band in bands],
            thick,
            label=run.name,
            color=f"C{place}",
            yerr=[[band.value - band.low for _, band in bands], [band.high - band.value for _, band in bands]],
            error_kw={"linewidth": 0.8, "capsize": 2},
        )
    axes.set_xticks(range(len(measures)), measures)
    axes.set_ylim(0, 1.02)
    axes.set_ylabel("value, 95 % interval")
    return _drawn(figure, axes)


def risk_coverage_curves(runs: Sequence[Run]) -> bytes:
    """Risk by coverage of the answers shown; coverage counts all questions of the run."""
    figure, axes = _figure()
    for run in runs:
        shown = run.judged()
        points = curve(shown)
        most = len(shown) / len(run.results)
        axes.plot([coverage * most for coverage, _, _ in points], [risk for _, risk, _ in points], label=run.name)
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.set_xlabel("coverage: share of all questions answered")
    axes.set_ylabel("risk: share of those that do not hold")
    return _drawn(figure, axes)


def latency_quality(runs: Sequence[Run], measure: str) -> bytes:
    """A point for each run that tells its times: the median milliseconds a question against a measure."""
    figure, axes = _figure()
    for run in runs:
        spent, band = median_milliseconds(run), interval(run.results, measure)
        if spent is not None and band is not None:
            error = [[band.value - band.low], [band.high - band.value]]
            axes.errorbar([spent], [band.value], yerr=error, fmt="o", capsize=3, label=run.name)
    axes.set_xscale("log")
    axes.set_xlabel("median milliseconds a question (log)")
    axes.set_ylabel(measure)
    return _drawn(figure, axes)


def median_milliseconds(run: Run) -> float | None:
    """The median time of a question; None where the run does not tell."""
    spent = [result.milliseconds for result in run.results if result.milliseconds is not None]
    return statistics.median(spent) if spent else None


def _figure() -> tuple[Figure, Axes]:
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise InputError('resimler için "pip install kentesor[evaluation]" gerekir.') from error
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    axes = figure.add_subplot()
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    return figure, axes


def _drawn(figure: Figure, axes: Axes) -> bytes:
    if axes.get_legend_handles_labels()[0]:
        figure.legend(fontsize="small", loc="outside lower center", ncols=4)
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=_DOTS, metadata={"Software": None})
    return content.getvalue()
