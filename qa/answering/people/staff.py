"""How many people work for a whole municipality: all of them, its officials, its workers, its women.

A part of what is asked for is never told as the whole: where only the parts are printed they are added up, and where
only a percentage is, that is said. Tables and sentences of the staff are read in
:mod:`qa.answering.people.staff_tables` and :mod:`qa.answering.people.staff_prose`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.index import Index
from indexer.records import Source
from indexer.turkish import ascii_key, lower
from qa.answering.draft import Draft
from qa.answering.people.staff_prose import SEXES, SPOKEN, Told, share_told, staff_told
from qa.answering.people.staff_tables import LISTS, Group, names_of, staff_cell, staff_parts
from qa.answering.ranking import found_of
from qa.finding.figures import Found
from qa.finding.row_question import all_sources_of, municipalities_in
from qa.finding.row_words import means, word_groups, word_pattern
from qa.finding.vocabulary import says
from qa.records import Question
from qa.row_wording import parts_sentence
from qa.wording import computed_sentence, figure_sentence, nearest_sentence, nothing_found, told_sentence

_SURE = 0.95
_OTHER_KINDS = (
    "rank", "list", "compare", "why", "series", "difference", "ratio", "share", "fulfilment", "who", "yesno",
)  # fmt: skip
_ASKED = re.compile(rf"(?<!\w)(?:{'|'.join(word_groups('staff')['asked'])})(?!\w)")


def staff_draft(question: Question, index: Index) -> Draft | None:
    """The number of people asked for, of each municipality; None where the question asks for no such number.

    Args:
        question: the question as understood.
        index: the index whose tables and sentences are read.
    """
    groups = _asked(question)
    if not groups:
        return None
    draft = Draft(index, confidence=_SURE, over_rows=True)
    sentences: list[str] = []
    for municipality in question.municipalities or municipalities_in(question, index):
        for group in groups:
            sentences += _tell(question, municipality, group, draft)
    if draft.figures:
        draft.text = " ".join(sentences)
        return draft
    return _share_told(question, groups, index)


def asks_staff(question: Question) -> bool:
    """Whether a question asks how many people work for a whole municipality, or how many of some status or sex."""
    return bool(_asked(question))


def tells_groups(question: Question, told: str) -> bool:
    """Whether a sentence names the status and the sex asked for, and no other status ("memurların 402'si kadındır")."""
    statuses = set(names_of("staff_status", told))
    return all(group.sex in names_of("staff_sex", told) and {group.status} == statuses for group in _asked(question))


def _asked(question: Question) -> list[Group]:
    """The groups whose number a question asks for, in order; none where it has words of something else."""
    key = ascii_key(question.query_text or question.text)
    if set(question.wants) & set(_OTHER_KINDS) or "%" in question.units or says("money", key) or not _ASKED.search(key):
        return []
    if says("staff", key, "posts_asked") and not says("staff", key, "working"):
        return []
    statuses, sexes = names_of("staff_status", key), names_of("staff_sex", key)
    if not (statuses or word_pattern("staff", "noun").search(key)):
        return []
    known = [("staff", "frame"), *((group, name) for group in LISTS for name in word_groups(group))]
    if any(not word.isdigit() and not any(means(*one, word) for one in known) for word in question.content):
        return []
    if len(statuses) > 1 and not sexes:
        whole = word_pattern("sums", "first").search(key) is not None
        return [*(Group(status) for status in statuses), *([Group()] if whole else [])]
    return [Group(status, sex) for status in (*statuses, *_any(statuses)) for sex in (*sexes, *_any(sexes))]


def _any(named: Sequence[str]) -> tuple[None, ...]:
    return () if named else (None,)


def _tell(question: Question, municipality: str, group: Group, draft: Draft) -> list[str]:
    """What the newest document that tells the number says; adds its figures to the draft."""
    index = draft.index
    for source in _sources(question, municipality, index):
        whole = staff_told(index, source.id, None)
        least = whole.figure.value if whole is not None else Decimal(0)
        cell = staff_cell(index, source.id, group, question.years, least)
        if cell is not None and _is_of_year(source.year, source, question):
            line, fact = cell
            one = replace(found_of(fact, line, 1.0, _SURE), label=_name(group, line.row.label, fact.column))
            return [figure_sentence(draft.add(one), question.language)]
        told = staff_told(index, source.id, group.status) if group.sex is None else None
        if told is not None and _is_of_year(told.year, source, question):
            again = any(citation.span == told.quote for citation in draft.citations)
            tell = figure_sentence if again else told_sentence
            found = _found(told, source)
            return [tell(draft.add(replace(found, label=_name(group)) if again else found), question.language)]
        parts = staff_parts(index, source.id, group, question.years)
        if parts and _is_of_year(source.year, source, question):
            figures = [draft.add(found_of(fact, line, 1.0, _SURE)) for line, fact in parts]
            total = sum((figure.value for figure in figures), Decimal(0))
            result = draft.compute(total, " + ".join(str(figure.value) for figure in figures), figures, "kişi")
            return [computed_sentence(result, question.language), parts_sentence(figures, question.language)]
    return []


def _name(group: Group, *written: str) -> str:
    """The group as an answer names it: "toplam personel", "kadın memur"; a status as the source writes it."""
    own = (lower(name) for name in written if names_of("staff_status", name) == [group.status])
    status = next(own, SPOKEN[group.status]) if group.status else "personel"
    return f"{SEXES[group.sex]} {status}" if group.sex else status if group.status else f"toplam {status}"


def _sources(question: Question, municipality: str, index: Index) -> list[Source]:
    """The documents of a municipality: those of a year asked for, then the newest."""
    return sorted(all_sources_of(question, municipality, index), key=lambda one: one.year not in question.years)


def _is_of_year(year: int | None, source: Source, question: Question) -> bool:
    return not question.years or bool({year, source.year} & set(question.years))


def _found(told: Told, source: Source) -> Found:
    return Found(
        figure=told.figure,
        document=source.id,
        quote=told.quote,
        context=(),
        municipality=source.municipality,
        label=told.label,
        year=told.year or (source.year if source.kind == "faaliyet" else None),
        measure="count",
        probability=_SURE,
        features={"share": 1.0, "counted": 1.0, "near": 1.0, "unit": 1.0},
    )


def _share_told(question: Question, groups: Sequence[Group], index: Index) -> Draft | None:
    """That the number is not printed, and the percentage that is; None where that is not, either."""
    for group in groups:
        for source in (one for name in question.municipalities for one in _sources(question, name, index)):
            told = share_told(index, source.id, group.sex) if group.sex is not None else None
            whole = staff_told(index, source.id, None)
            if told is not None and _is_of_year(told.year or (whole.year if whole else None), source, question):
                draft = Draft(index, status="abstained")
                nearest = draft.figure_of(_found(told, source))
                lead = nothing_found(question.language)
                draft.text = f"{lead} {nearest_sentence(nearest, question.language, told=True)}"
                return draft
    return None
