"""Measures of answers: figures, words, citations, grounding, abstention.

A figure is right when its value is the gold one to six digits (1e-6 relative, or absolute below 1); unit, year and
measure are judged apart, on figures whose value is right. Where the scorer that came with the task
(``shared/eval/score.py``) defines a measure, the name is the same and the value agrees to the digit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluation.judgements import MAX_CHARACTERS
from evaluation.measures.base import Measure, Pair, share, whole
from evaluation.questions import Evidence, GoldFigure, GoldQuestion
from indexer.figures import canonical_unit
from indexer.turkish import fold

Object = Mapping[str, Any]
_GIVEN = "task scorer score.py"
_SINGLE = ("figure", "followup")


@dataclass(frozen=True)
class AnswerCase:
    """A question with the answer given to it, as ``kentesor ask --json`` prints one; None: no answer came.

    ``texts`` are the documents by id, for grounding; without them grounding is not judged.
    """

    question: GoldQuestion
    answer: Object | None
    texts: Mapping[str, str] | None = None

    @property
    def abstained(self) -> bool:
        """Whether the answer is a refusal."""
        return self.answer is not None and self.answer.get("status") == "abstained"

    @cached_property
    def figures(self) -> list[Object]:
        """The figures of the answer, most relevant first."""
        return list((self.answer or {}).get("figures") or ())

    @cached_property
    def citations(self) -> list[Object]:
        """The citations of the answer."""
        return list((self.answer or {}).get("citations") or ())

    def given(self, gold: GoldFigure) -> list[Object]:
        """The figures of the answer that have the value of ``gold``; a refusal gives none."""
        return [] if self.abstained else [one for one in self.figures if same_value(one.get("value"), gold.value)]


def same_value(value: object, gold: float) -> bool:
    """Whether a value given is the gold one to six digits."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return abs(number - gold) <= 1e-6 * max(1.0, abs(gold))


def right(case: AnswerCase) -> bool:
    """Whether the answer holds: the figure asked for first, every figure of several, every keyword; a refusal does
    where there is no answer. What calibration is judged by."""  # fmt: skip
    if not case.question.answerable:
        return case.abstained
    for judge in (_first_figure, _every_figure, _every_keyword, _cited):
        value = judge(case)
        if value is not None:
            return value[0] == 1.0
    return False


def _with_figures(case: AnswerCase) -> bool:
    return case.question.answerable and bool(case.question.figures)


def _with_keywords(case: AnswerCase) -> bool:
    return case.question.answerable and bool(case.question.keywords) and not case.question.figures


def _first_figure(case: AnswerCase) -> Pair | None:
    if not _with_figures(case) or case.question.type not in _SINGLE or len(case.question.figures) != 1:
        return None
    first = None if case.abstained or not case.figures else case.figures[0].get("value")
    return whole(same_value(first, case.question.figures[0].value))


def _every_figure(case: AnswerCase) -> Pair | None:
    return whole(all(case.given(gold) for gold in case.question.figures)) if _with_figures(case) else None


def _figure_recall(case: AnswerCase) -> Pair | None:
    return share(bool(case.given(gold)) for gold in case.question.figures) if _with_figures(case) else None


def _figure_precision(case: AnswerCase) -> Pair | None:
    if not _with_figures(case):
        return None
    return share(
        any(same_value(one.get("value"), gold.value) for gold in case.question.figures) for one in case.figures
    )


def _attribute(agrees: Callable[[Object, GoldFigure], bool | None]) -> Callable[[AnswerCase], Pair | None]:
    """The share of the gold figures given whose attribute agrees in some figure of that value."""

    def judge(case: AnswerCase) -> Pair | None:
        hits = []
        for gold in case.question.figures if _with_figures(case) else ():
            verdicts = [agrees(one, gold) for one in case.given(gold)]
            if any(verdict is not None for verdict in verdicts):
                hits.append(any(verdicts))
        return share(hits)

    return judge


def _unit(given: Object, gold: GoldFigure) -> bool | None:
    return None if gold.unit is None else _canonical(given.get("unit")) == _canonical(gold.unit)


def _year(given: Object, gold: GoldFigure) -> bool | None:
    return None if gold.year is None else given.get("year") == gold.year


def _measure(given: Object, gold: GoldFigure) -> bool | None:
    return None if gold.measure is None else given.get("measure") == gold.measure


def _exact(given: Object, gold: GoldFigure) -> bool:
    return not any(judge(given, gold) is False for judge in (_unit, _year, _measure))


def _every_exact(case: AnswerCase) -> Pair | None:
    if not _with_figures(case):
        return None
    return share(any(_exact(one, gold) for one in case.given(gold)) for gold in case.question.figures)


def _canonical(unit: object) -> str:
    text = str(unit or "")
    return canonical_unit(text) or fold(text).strip()


def _keywords_met(case: AnswerCase) -> list[bool] | None:
    if not _with_keywords(case):
        return None
    text = _plain(str((case.answer or {}).get("answer") or ""))
    text = text if len(text) <= MAX_CHARACTERS else ""  # a longer answer is no answer
    return [_plain(keyword) in text for keyword in case.question.keywords]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", fold(text)))


def _keywords(case: AnswerCase) -> Pair | None:
    met = _keywords_met(case)
    return None if met is None else share(met)


def _every_keyword(case: AnswerCase) -> Pair | None:
    met = _keywords_met(case)
    return None if met is None else whole(all(met))


def _meets(citation: Object, evidence: Evidence) -> bool:
    return evidence.meets(citation["document"], citation["line_start"], citation["line_end"])


def _answered(case: AnswerCase) -> bool:
    return case.question.answerable and not case.abstained


def _cited(case: AnswerCase) -> Pair | None:
    if not _answered(case):
        return None
    return whole(any(_meets(one, item) for one in case.citations for item in case.question.evidence))


def _citation_precision(case: AnswerCase) -> Pair | None:
    if not _answered(case):
        return None
    return share(any(_meets(one, item) for item in case.question.evidence) for one in case.citations)


def _citation_recall(case: AnswerCase) -> Pair | None:
    if not _answered(case):
        return None
    met = [any(_meets(one, item) for one in case.citations) for item in case.question.evidence]
    return share(met) if case.question.all_needed else whole(any(met))


def _grounded(case: AnswerCase) -> Pair | None:
    """Citations whose quote stands where they say, and uncomputed figures whose text stands in their citation."""
    if case.texts is None or case.answer is None:
        return None
    good = [_quoted(citation, case.texts) for citation in case.citations]
    quotes = {citation["n"]: citation["quote"] for citation in case.citations}
    for figure in case.figures:
        if not figure.get("computed"):
            text = figure.get("text")
            good.append(bool(text) and str(text) in quotes.get(figure.get("citation"), ""))
    return (float(sum(good)), float(len(good))) if good else None


def _quoted(citation: Object, texts: Mapping[str, str]) -> bool:
    text = texts.get(citation["document"], "")
    quote = text[citation["start"] : citation["end"]]
    line = text.count("\n", 0, citation["start"]) + 1
    return bool(quote.strip()) and quote == citation["quote"] and line == citation["line_start"]


def _abstained(case: AnswerCase) -> Pair | None:
    return None if case.question.answerable else whole(case.abstained)


def _falsely_abstained(case: AnswerCase) -> Pair | None:
    return whole(case.abstained) if case.question.answerable else None


def _right(case: AnswerCase) -> Pair:
    return whole(right(case))


_ALCE = "Gao et al., Enabling LLMs to Generate Text with Citations (ALCE), EMNLP 2023"
_RAJPURKAR = "Rajpurkar et al., Know What You Don't Know (SQuAD 2.0), ACL 2018"
_ATTRIBUTED = "Rashkin et al., Measuring Attribution in NLG (AIS), Computational Linguistics 2023"
_EXACT = f"exact match, Rajpurkar et al., SQuAD, EMNLP 2016; {_GIVEN}"

ANSWERS: tuple[Measure[AnswerCase], ...] = (
    Measure("right", "the answer as a whole holds; a refusal where there is no answer", _RAJPURKAR, _right),
    Measure("figure@1", "the first figure is the one asked for", _EXACT, _first_figure),
    Measure("figure_all", "every gold figure is given", _EXACT, _every_figure),
    Measure("figure_recall", "share of the gold figures given", _GIVEN, _figure_recall),
    Measure("figure_precision", "share of the figures given that are gold", _GIVEN, _figure_precision),
    Measure("figure_exact", "share of the gold figures given with value, unit, year and measure", _EXACT, _every_exact),
    Measure("figure_unit", "right unit, of the gold figures given", _EXACT, _attribute(_unit)),
    Measure("figure_year", "right year, of the gold figures given", _EXACT, _attribute(_year)),
    Measure("figure_measure", "right measure, of the gold figures given", _EXACT, _attribute(_measure)),
    Measure("keywords", "share of the keywords that stand in an answer in words", _GIVEN, _keywords),
    Measure("keywords_all", "every keyword stands in the answer", _GIVEN, _every_keyword),
    Measure("citation_hit", "some citation meets the evidence", _GIVEN, _cited),
    Measure("citation_precision", "citations that meet the evidence", f"{_ALCE}; {_GIVEN}", _citation_precision),
    Measure("citation_recall", "the evidence needed that is cited", _ALCE, _citation_recall),
    Measure("grounded", "quotes and figures that stand where they are said to", f"{_ATTRIBUTED}; {_GIVEN}", _grounded),
    Measure("abstain_ok", "unanswerable questions refused", f"{_RAJPURKAR}; {_GIVEN}", _abstained),
    Measure("false_abstain", "answerable questions refused", f"{_RAJPURKAR}; {_GIVEN}", _falsely_abstained, lower=True),
)  # fmt: skip
"""All measures of answers, in the order of reports."""
