"""The report of a comparison, generated from run folders: Markdown with pictures beside it. No number is typed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from evaluation import pictures
from evaluation.bootstrap import DRAWS, LEVEL, SEED, Interval, difference, interval
from evaluation.measures.answers import ANSWERS
from evaluation.measures.calibration import area_under_risk, calibration_error, reliability
from evaluation.measures.ranking import RANKING
from evaluation.measures.tables import TABLES
from evaluation.questions import DEVELOPMENT
from evaluation.results import Result, Run
from indexer.errors import InputError, StorageError, reason_of


class _Told(Protocol):
    """What the report tells of a measure."""

    @property
    def name(self) -> str: ...
    @property
    def meaning(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def lower(self) -> bool: ...


_MEASURES: dict[str, Sequence[_Told]] = {"retrieval": RANKING, "answers": ANSWERS, "tables": TABLES}
_TITLES = {"retrieval": "Retrieval", "answers": "Answers", "tables": "Tables"}
_SPLIT = {"retrieval": "nDCG@10", "answers": "right", "tables": "cell_f1"}
_BARS = {
    "retrieval": ("recall@1", "recall@5", "recall@10", "nDCG@10", "MRR@10"),
    "answers": ("right", "figure@1", "figure_all", "keywords_all", "citation_precision", "grounded", "abstain_ok"),
    "tables": ("rows_found", "row_label", "row_unit", "cell_precision", "cell_recall", "cell_f1"),
}

_LEFT_OUT = (
    "The change when the part is left out (`evaluation/ablation.py` says what is done instead). Without rows or our "
    "chunking the passages are others, and so is the best order that nDCG compares with."
)

Pictures = dict[str, bytes]


def write_report(runs: Sequence[Run], path: Path) -> None:
    """Writes the comparison of ``runs`` to ``path``, its pictures beside it; the first run of a kind is compared.

    Raises:
        InputError: two runs of a kind bear one name, or matplotlib is not installed.
        StorageError: a file cannot be written.
    """
    drawn: Pictures = {}
    text = "\n".join([*_head(runs), *_sections(runs, path.stem, drawn), *_tail(runs)]) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for name, content in drawn.items():
            (path.parent / name).write_bytes(content)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path}: yazılamadı ({reason_of(error)}). --output ile başka bir dosya verin.") from error


def _head(runs: Sequence[Run]) -> list[str]:
    made = runs[0].environment if runs else {}
    return [
        "# Benchmark",
        "",
        f"Written by `kentesor evaluate report` from {len(runs)} runs. Values with {LEVEL:.0%} intervals from {DRAWS} "
        f"bootstrap draws of the questions (seed {SEED}); differences are paired: the same draw for both runs. A "
        "difference in bold has an interval clear of zero.",
        "",
        f"Python {made.get('python')}, {made.get('system')}, {made.get('processors')} processors, {made.get('time')}.",
    ]


def _sections(runs: Sequence[Run], stem: str, drawn: Pictures) -> Iterable[str]:
    for kind in _MEASURES:
        of_kind = [run for run in runs if run.kind == kind]
        if not of_kind:
            continue
        if len({run.name for run in of_kind}) < len(of_kind):
            raise InputError("aynı türden iki koşunun adı aynı; --name ile ayrı adlar verin.")
        main = [run for run in of_kind if run.group != "ablation"]
        first = (main or of_kind)[0]
        parts = [run for run in of_kind if run.group == "ablation" and run is not first]
        yield from _section(kind, first, [run for run in main if run is not first], stem, drawn)
        if parts:
            yield from _ablation(kind, first, parts)


def _section(kind: str, first: Run, others: Sequence[Run], stem: str, drawn: Pictures) -> Iterable[str]:
    runs = [first, *others]
    sets = ", ".join(first.settings.get("questions") or first.settings.get("tables") or ["?"])
    things = "tables" if kind == "tables" else "questions"
    yield from ("", f"## {_TITLES[kind]}", "", f"{len(first.results)} {things} of {sets}.", "")
    if {path.name for path in DEVELOPMENT} & {*first.settings.get("questions", ())}:
        yield from ("Rules and models of Kente Sor were made with these questions: see the held-out ones as well.", "")
    names = [one.name for one in _MEASURES[kind] if any(one.name in run.totals() for run in runs)]
    yield from _table(
        ["", *(run.name for run in runs)], ([name, *(_cell(run.results, name) for run in runs)] for name in names)
    )
    yield from _times(runs)
    for other in others:
        yield from ("", f"{first.name} less {other.name}: " + _differences(first, other, _BARS[kind]))
    drawn[f"{stem}-{kind}.png"] = pictures.bars(runs, [name for name in _BARS[kind] if name in names])
    yield from ("", f"![Bars with intervals]({stem}-{kind}.png)")
    if kind == "answers":
        yield from _calibration(runs, stem, drawn)
    timed = [run for run in runs if pictures.median_milliseconds(run) is not None]
    if len(timed) > 1:
        drawn[f"{stem}-{kind}-latency.png"] = pictures.latency_quality(timed, _SPLIT[kind])
        yield from ("", f"![Latency against quality]({stem}-{kind}-latency.png)")
    for title, of in (("type", _type), ("style", _style)):
        yield from _split(title, of, runs, _SPLIT[kind])


def _times(runs: Sequence[Run]) -> Iterable[str]:
    rows = []
    for run in runs:
        spent = [result.milliseconds for result in run.results if result.milliseconds is not None]
        if spent:
            whole = f"{sum(spent) / 1000:.0f}" if len(spent) == len(run.results) else ""
            rows.append([run.name, f"{statistics.median(spent):.3g}", whole, str(run.environment.get("load", ""))])
    if rows:
        yield ""
        yield from _table(["", "ms a question, median", "whole run, s", "load of the machine"], rows)


def _calibration(runs: Sequence[Run], stem: str, drawn: Pictures) -> Iterable[str]:
    told = [run for run in runs if run.judged()]
    if not told:
        return
    told_of = "Over the answers shown: expected calibration error (ECE) and area under risk-coverage (AURC)."
    yield from ("", "### Calibration", "", told_of, "")
    rows = []
    for run in told:
        shown = run.judged()
        rows.append([run.name, str(len(shown)), f"{calibration_error(shown):.3f}", f"{area_under_risk(shown):.3f}"])
    yield from _table(["", "answers", "ECE", "AURC"], rows)
    drawn[f"{stem}-risk.png"] = pictures.risk_coverage_curves(told)
    yield from ("", f"![Risk by coverage]({stem}-risk.png)", "", f"Reliability of {told[0].name}:", "")
    bins = ([f"{sure:.2f}", f"{held:.2f}", str(number)] for sure, held, number in reliability(told[0].judged()))
    yield from _table(["mean confidence", "share that holds", "answers"], bins)


def _split(title: str, of: Callable[[Result], str], runs: Sequence[Run], measure: str) -> Iterable[str]:
    groups = sorted({of(result) for run in runs for result in run.results})
    if len(groups) < 2:
        return
    yield from ("", f"### {measure} by {title}", "")
    rows = []
    for group in groups:
        inside = [[result for result in run.results if of(result) == group] for run in runs]
        rows.append([group, str(max(map(len, inside))), *(_cell(results, measure) for results in inside)])
    yield from _table(["", "number", *(run.name for run in runs)], rows)


def _type(result: Result) -> str:
    return result.type


def _style(result: Result) -> str:
    return result.style


def _ablation(kind: str, whole: Run, parts: Sequence[Run]) -> Iterable[str]:
    names = [name for name in _BARS[kind] if name in whole.totals()]
    yield from (
        "",
        f"### What each part is worth: {_TITLES[kind].lower()}",
        "",
        _LEFT_OUT,
        "",
    )
    rows = []
    for run in parts:
        bands = [difference(run.results, whole.results, name) for name in names]
        rows.append([run.name, *(_signed(band) for band in bands)])
    yield from _table(["", *names], rows)


def _differences(first: Run, other: Run, names: Sequence[str]) -> str:
    told = ((name, difference(first.results, other.results, name)) for name in names)
    return "; ".join(f"{name} {_signed(band)}" for name, band in told if band is not None) + "."


def _cell(results: Sequence[Result], name: str) -> str:
    band = interval(results, name)
    return "" if band is None else f"{band.value:.3f} ({band.low:.3f}-{band.high:.3f})"


def _signed(band: Interval | None) -> str:
    if band is None:
        return ""
    text = f"{band.value:+.3f} ({band.low:+.3f} to {band.high:+.3f})"
    return f"**{text}**" if band.clear_of_zero else text


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: bool = False) -> Iterable[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" + ("|---" if words else "|---:") * (len(head) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _tail(runs: Sequence[Run]) -> Iterable[str]:
    yield from ("", "## Measures", "")
    rows = []
    for kind, measures in _MEASURES.items():
        if any(run.kind == kind for run in runs):
            rows += [[one.name, one.meaning + " (less is better)" * one.lower, one.reference] for one in measures]
    yield from _table(["measure", "what it tells", "reference"], rows, words=True)
