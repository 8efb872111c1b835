"""What a municipality was left with or lacked: its income less its expenses, and its debts.

Reports print both totals and seldom the balance: it is computed from the two, of the same year and of one kind
(planned, or come about). Debts are told only where a document prints all of them; a budget line on borrowing is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.index import Index
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.money.total_words import balance_sentence
from qa.answering.money.whole_budget import whole_totals
from qa.answering.ranking import found_of
from qa.finding.figures import Found
from qa.finding.lines import lines_of
from qa.finding.row_question import scope_of
from qa.finding.row_words import means, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.wording import computed_sentence, figure_sentence, nearest_sentence, nothing_found, told_sentence

_SURE = 0.95
_MONEY = "TL"
_MEASURES = (True, False)  # what came about goes before what was planned
_OTHER_KINDS = ("rank", "list", "compare", "why", "series", "ratio", "share", "fulfilment", "who")


def balance_draft(question: Question, index: Index) -> Draft | None:
    """Income less expenses of each municipality; a refusal where one of the two is not printed, None for other matters.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
    """
    if not _asks(question, "balance") or not question.municipalities:
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences: list[str] = []
    lone: Found | None = None
    for municipality in question.municipalities:
        for done in _MEASURES:
            income, expense = (whole_totals(question, municipality, income, done, index) for income in (True, False))
            pairs = [(one, other) for one in income[:1] for other in expense[:1] if _agree(one, other)]
            lone = lone or next(iter(income or expense), None)
            if pairs:
                first, second = (draft.add(one) for one in pairs[0])
                value = first.value - second.value
                result = draft.compute(value, f"{first.value} - {second.value}", (first, second), _MONEY)
                sentences.append(balance_sentence(value >= 0, first.year, question.language))
                sentences.append(computed_sentence(result, question.language))
                sentences += [figure_sentence(figure, question.language) for figure in (first, second)]
                break
    if sentences:
        draft.text = " ".join(sentences)
        return draft
    return _refused(question, lone, index)


def debt_draft(question: Question, found: Sequence[Found], index: Index) -> Draft | None:
    """All debts of a municipality, where printed; else a refusal with the nearest line. None for other matters."""
    if not _asks(question, "debt") or not question.municipalities:
        return None
    for one in found:
        text = index.documents[one.document].text[one.quote.start : one.quote.end]
        words = " ".join((one.label, text)) if one.fact is None else one.label
        if one.unit == _MONEY and says("debt", words, "printed"):
            draft = Draft(index, confidence=one.probability, over_rows=True)
            tell = figure_sentence if one.fact is not None else told_sentence
            draft.text = tell(draft.add(one), question.language)
            return draft
    return _refused(question, next(_borrowings(question, index), None), index)


def _asks(question: Question, group: str) -> bool:
    """Whether a question asks for a balance or for debts and for nothing narrower."""
    key = ascii_key(question.query_text or question.text)
    if set(question.wants) & set(_OTHER_KINDS) or "%" in question.units:
        return False
    if word_pattern(group, "asked").search(key) is None:
        return False
    return all(word.isdigit() or means(group, "frame", word) for word in question.content)


def _agree(one: Found, other: Found) -> bool:
    """Whether two totals are of one document and one year."""
    return one.document == other.document and one.year == other.year


def _borrowings(question: Question, index: Index) -> Iterator[Found]:
    """Rows on borrowing in the documents asked about."""
    for document in scope_of(question, index):
        source = index.documents[document].source
        if question.years and source.year not in question.years:
            continue
        for line in lines_of(index, document):
            if not line.attribute and says("debt", line.name, "nearest"):
                yield from (found_of(fact, line, 1.0, _SURE) for fact in reversed(line.facts) if fact.unit == _MONEY)


def _refused(question: Question, nearest: Found | None, index: Index) -> Draft:
    draft = Draft(index, status="abstained")
    draft.text = nothing_found(question.language)
    if nearest is not None:
        told = nearest_sentence(draft.figure_of(nearest), question.language, told=nearest.fact is None)
        draft.text = f"{draft.text} {told}"
    return draft


def priced(question: Question, found: list[Found], index: Index) -> list[Found]:
    """The figures that can be the price asked for: where a price is told; all where none is asked for."""
    key = ascii_key(question.query_text or question.text)
    if word_pattern("price", "asked").search(key) is None or not set(question.wants) & {"figure", "compare"}:
        return found
    return [one for one in found if says("price", _words(one, index), "told") and one.unit != "%"]


def _words(one: Found, index: Index) -> str:
    text = index.documents[one.document].text[one.quote.start : one.quote.end]
    return " ".join((one.label, one.fact.column if one.fact is not None else text, *one.context[-1:]))
