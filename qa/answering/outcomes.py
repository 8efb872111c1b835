"""Which targets were missed or met: the indicators whose row prints a target and an actual of one year.

"Kars hangi hedeflere ulaşamadı?" is answered from the rows of indicators, those furthest behind their target first;
how many they are is counted over all rows of that document and year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import ascii_key, keys
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.features import FeatureReader
from qa.finding.lines import Line, lines_of
from qa.finding.row_question import scope_of
from qa.finding.row_words import means, word_pattern
from qa.records import Question
from qa.row_wording import outcomes_sentence

_SHOWN = 10
_COVERED = 0.75  # share of the words that narrow the question down that a row must have
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A target and an actual of one row and year."""

    line: Line
    target: Fact
    actual: Fact

    @property
    def share(self) -> Decimal:
        """How much of the target came about; 1 where the target is 0 and something did or did not."""
        return self.actual.figure.value / self.target.figure.value if self.target.figure.value else Decimal(1)


def outcomes_draft(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """The indicators below (or at) their targets with both values; None where the question asks for no such list.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    text = question.query_text or question.text
    key = ascii_key(text)
    asks = [
        (match, name == "missed")
        for name in ("met", "missed")
        for match in word_pattern("outcomes", name).finditer(key)
    ]
    if not asks or len(question.municipalities) != 1:
        return None
    match, missed = max(asks, key=lambda pair: (pair[0].start(), pair[1]))  # in a conversation, what was said last
    others = set(keys(f"{text[: match.start()]} {text[match.end() :]}"))
    rest = tuple(word for word in question.content if word in others and not means("outcomes", "frame", word))
    for document in scope_of(question, index):
        source = index.documents[document].source
        year = question.years[0] if question.years else source.year
        found = list(_outcomes(lines_of(index, document), year, rest, reader))
        chosen = [one for one in found if (one.share < 1) == missed]
        if not found or not chosen:
            continue
        ordered = sorted(chosen, key=lambda one: (one.share if missed else -one.share, one.line.row.span.start))
        draft = Draft(index, confidence=_SURE, over_rows=True)
        shown = []
        for one in ordered[:_SHOWN]:
            target = draft.add(found_of(one.target, one.line, 1.0, _SURE))
            actual = draft.add(found_of(one.actual, one.line, 1.0, _SURE))
            shown.append((one.line.name, target, actual))
        count = draft.compute(Decimal(len(chosen)), f"count({len(chosen)})", [actual for _, _, actual in shown], "adet")
        draft.text = outcomes_sentence(count, year, missed, shown, question.language)
        return draft
    return None


def _outcomes(
    lines: Sequence[Line], year: int | None, rest: Sequence[str], reader: FeatureReader
) -> Iterator[_Outcome]:
    """The rows with a target and an actual of the year, each indicator once."""
    seen: set[tuple[str, ...]] = set()
    for line in lines:
        if "indicator" not in line.kinds or (rest and reader.coverage(rest, line.words) < _COVERED):
            continue
        targets = [fact for fact in line.facts if fact.measure == "target" and fact.year == year]
        actuals = [fact for fact in line.facts if fact.measure == "actual" and fact.year == year]
        name = (*keys(line.name), *(str(fact.figure.value) for fact in (*targets, *actuals)))
        if len(targets) == len(actuals) == 1 and targets[0].unit == actuals[0].unit and name not in seen:
            seen.add(name)
            yield _Outcome(line, targets[0], actuals[0])
