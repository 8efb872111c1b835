"""A question that goes on with the row that answered before it: its other values, how far it is off, why, and who.

"2020'de kaç fidan dağıtıldı?" – "Hedefi neydi?", "Ne kadar altında kalmış?", "Neden?", "Hangi birim sorumlu?" are asked
of the row just told, whatever other rows are near their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.commitments import by_year
from indexer.index import Index
from indexer.records import Fact, Measure
from indexer.turkish import ascii_key
from qa.answering.carried import OF_ONE_INDICATOR
from qa.answering.comparing.common_unit import in_common_unit
from qa.answering.comparing.formulas import compute
from qa.answering.draft import Draft
from qa.finding.figures import Found
from qa.finding.row_words import means, word_pattern
from qa.records import Asked, Question
from qa.refusal_wording import not_told_there
from qa.wording import (
    computed_sentence,
    figure_sentence,
    neighbour_sentence,
    reason_sentence,
    told_sentence,
    units_sentence,
)

_BESIDE: dict[Measure, Measure] = {"target": "actual", "actual": "target"}
_SURE = 0.9


def goes_on(question: Question, earlier: Question) -> bool:
    """Whether a question names no matter of its own and asks of the same body as the one before it."""
    if not {"content", "topic"} & set(question.carried) or question.municipalities != earlier.municipalities:
        return False
    own = set(question.content) - set(earlier.content)
    kept = set(earlier.content) <= set(question.content)
    return kept and all(means("following", "frame", word) for word in own)


def following_draft(question: Question, before: Draft, index: Index) -> Draft | None:
    """The answer from the row that the answer before was told from; None where it was told from none, or several.

    Args:
        question: the question as made whole; it goes on with the one before.
        before: the draft of the question before it.
        index: the index that the row comes from.
    """
    if before.status == "abstained":
        return before if _says("deviation", question) else None
    if _told_in_a_sentence(before):
        return _of_sentence(question, before, index)
    told = _focus(before)
    if told and question.wants[:1] == ("why",):
        return _reasons(question, told, index)
    if len({one.fact.label for one in told if one.fact}) != 1 or before.over_rows:
        return None
    if _says("deviation", question):
        return _deviation(question, told[0], index)
    if _says("unit", question):
        return _units(question, told[0], index)
    if question.wants[:1] != ("figure",) or not set(question.measures) <= {*OF_ONE_INDICATOR, "rate"}:
        return None
    return _values(question, told[0], index)


def _focus(draft: Draft) -> list[Found]:
    """The cells that a draft tells; none where it tells figures of sentences."""
    if any(one.fact is None for one in draft.found):
        return []
    return list(draft.found)


def _told_in_a_sentence(draft: Draft) -> bool:
    return draft.status == "answered" and [one.fact for one in draft.found] == [None]


def _of_sentence(question: Question, before: Draft, index: Index) -> Draft | None:
    """What came about, as the sentence tells it that answered before; that it tells no target to be off from."""
    if _says("deviation", question):
        return _lacking(question, before.found[0], "target", None, index)
    same_year = not question.years or before.found[0].year in (None, *question.years)
    asks_actual = question.wants[:1] == ("figure",) and question.measures == ("actual",)
    return before if asks_actual and same_year and not set(question.units) - {before.found[0].unit} else None


def _says(name: str, question: Question) -> bool:
    return word_pattern("following", name).search(ascii_key(question.text)) is not None


def _row(told: Found, index: Index) -> list[Found]:
    """The cells of the row told and of the same indicator in other documents, in the order of their years."""
    fact = told.fact
    own = [
        other
        for other in index.facts
        if any((place.document, place.row) == (told.document, told.quote) for place in other.places)
        and not other.ambiguous
    ]
    joined = next((one.facts for one in index.commitments if fact in one.facts), ())
    facts = sorted(dict.fromkeys((*own, *joined)), key=by_year)
    return [_found(one, told) for one in facts]


def _found(fact: Fact, told: Found) -> Found:
    place = next((one for one in fact.places if (one.document, one.row) == (told.document, told.quote)), fact.places[0])
    return Found.of_fact(fact, place, _SURE, told.features)


def _values(question: Question, told: Found, index: Index) -> Draft | None:
    """The values asked for from the row; None where it lacks one."""
    row = _row(told, index)
    asked = question.asked or (Asked(),)
    chosen = []
    for value in asked:
        able = [one for one in row if value.measure is None or one.measure == value.measure]
        able = [one for one in able if value.year is None or one.year == value.year]
        if not able:
            return None
        chosen.append(next((one for one in able if one.unit == told.unit), able[0]))
    draft = Draft(index, confidence=_SURE)
    sentences = [figure_sentence(draft.add(one), question.language) for one in chosen]
    first = chosen[0]
    beside = [one for one in row if (one.year, one.measure) == (first.year, _BESIDE.get(first.measure))]
    if len(chosen) == 1 and beside and beside[0].quote == first.quote:
        sentences.append(neighbour_sentence(draft.figure_of(beside[0]), question.language))
    draft.text = " ".join(sentences)
    return draft


def _deviation(question: Question, told: Found, index: Index) -> Draft:
    """How far the actual of the row is from its target, computed; or that the row has not both of them."""
    year = next(iter(question.years), told.year)
    row = [one for one in _row(told, index) if one.year == year]
    pair = [next((one for one in row if one.measure == measure), None) for measure in ("target", "actual")]
    target, actual = pair
    if target is None or actual is None:
        return _lacking(question, told, "target" if target is None else "actual", year, index)
    draft = Draft(index, confidence=_SURE)
    figures = [draft.add(actual), draft.add(target)]
    terms = in_common_unit(figures)
    computed = [compute(draft, "difference", terms), compute(draft, "fulfilment", terms)] if terms else []
    sentences = [computed_sentence(one, question.language) for one in computed if one is not None]
    draft.text = " ".join((*sentences, *(figure_sentence(figure, question.language) for figure in figures)))
    return draft


def _units(question: Question, told: Found, index: Index) -> Draft | None:
    """The units that the row names as responsible; None where it names none."""
    row = [told, *_row(told, index)]
    named = next((one for one in row if one.fact is not None and one.fact.units_responsible), None)
    if named is None or named.fact is None:
        return None
    draft = Draft(index, confidence=_SURE)
    mark = draft.cite(named.document, named.quote, named.context)
    label = " ".join(told.label.split())
    draft.text = units_sentence(label, named.fact.units_responsible, mark, question.language)
    return draft


def _reasons(question: Question, told: Sequence[Found], index: Index) -> Draft:
    """The reasons printed in the rows told; or that they print none."""
    draft = Draft(index, confidence=_SURE)
    sentences: dict[str, str] = {}
    for one in told:
        facts = (other.fact for other in (one, *_row(one, index)) if other.quote == one.quote)
        reason = next((fact.reason for fact in facts if fact is not None and fact.reason), None)
        if reason and one.label not in sentences:
            mark = draft.cite(one.document, one.quote, one.context)
            sentences[one.label] = reason_sentence(one.label, reason, mark, question.language)
    if not sentences:
        return _lacking(question, told[0], "reason", None, index)
    draft.text = " ".join(sentences.values())
    return draft


def _lacking(question: Question, told: Found, what: str, year: int | None, index: Index) -> Draft:
    """A refusal that says what the row does not tell, with the value that it does."""
    refusal = Draft(index, status="abstained")
    lack = not_told_there(told.label, what, year, question.language)
    tell = figure_sentence if told.fact is not None else told_sentence
    refusal.text = f"{lack} {tell(refusal.figure_of(told), question.language)}"
    return refusal
