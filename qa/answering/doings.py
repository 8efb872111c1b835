"""What is done for a group or about a matter: "engelliler için ne yapılıyor", "çiftçilere ne destek veriliyor".

A short list: the activities, projects and indicators that name the matter, with their values, and the sentences that
tell what was done. Duties that are copied from the law tell nothing of it: such a sentence ends in no finite verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.index import Index
from indexer.marks import unmarked
from indexer.records import Source, Span
from indexer.repair import repair
from indexer.turkish import ascii_key
from qa.answering.draft import Draft
from qa.answering.ranking import found_of
from qa.finding.named_rows import Named, NamedRow, named_matter, rows_naming
from qa.finding.row_question import all_sources_of, municipalities_in
from qa.finding.row_words import word_pattern
from qa.finding.stretches import enumerates, sentences_in, stretch_of
from qa.records import Hit, Question
from qa.row_wording import named_row
from qa.wording import quote_sentence

_ROWS, _SENTENCES = 5, 3
_CHARACTERS = 1_400  # longest answer
_LONGEST, _SHORTEST = 650, 50  # characters of a sentence
_LISTS, _RANK, _OWN = 0.3, 0.3, 0.4  # for sentences that list things, of the first passages, that name the matter
_FIGURES, _ASIDE, _DUTY = 0.1, 0.3, 0.3  # for those with figures; against a matter named late, and against duties
_MOST_WORDS = 3  # of a matter; a question with more asks for one thing
_DONE = ("actual", "spending")
_DOING = re.compile(
    r"(?<!\w)(?P<stem>\w+?)(?:m[iu]s(?:t[iu]r)?|m[ae]kt[ae](?:d[iu]r)?|[ae]c[ae]k(?:t[iu]r)?|[iu]yor(?:uz|lar)?|"
    r"(?:d[iu]|t[iu])(?:k|l[ae]r)?|[iu]?[ln][iu]r)[.;:!]*\Z"
)
_DUTIES = re.compile(r"[ıiuü]?[ln][ıiuü]r[.;:!]*\Z")  # "verilir": what is to be done as a rule


def doing_draft(question: Question, hits: Sequence[Hit], index: Index) -> Draft | None:
    """What the documents tell that is done; None where the question asks for one thing, or nothing names the matter.

    Args:
        question: the question as understood.
        hits: the passages found, best first; their sentences are read.
        index: the index that they come from.
    """
    asked = ascii_key(question.query_text or question.text)
    if question.wants_figure or word_pattern("doings", "asked").search(asked) is None:
        return None
    named = named_matter(question)
    if named is None or sum(map(len, named.ways)) > _MOST_WORDS:
        return None
    draft = Draft(index, over_rows=True)
    for municipality in municipalities_in(question, index):
        told: list[str] = []
        for source in all_sources_of(question, municipality, index):
            if question.years and source.year not in question.years:
                continue
            sentences = _sentences(named, source, hits, draft)
            rows = _rows(named, source, question, draft)
            told += sentences + rows if source.kind == "faaliyet" else rows + sentences
        for piece in told:
            lead = "" if municipality in draft.text else f"{municipality}: "
            if len(draft.text) + len(lead) + len(piece) < _CHARACTERS:
                draft.text = f"{draft.text} {lead}{piece}".strip()
    told_marks = [citation.n for citation in draft.citations if f"[{citation.n}]" in draft.text]
    return draft.only(told_marks) if told_marks else None


def _rows(named: Named, source: Source, question: Question, draft: Draft) -> list[str]:
    """The rows of a document that tell most; where what was done is asked for, those that tell what came about."""
    rows = rows_naming(named, source.id, draft.index)
    if set(question.measures) & set(_DONE):
        done = ((row, [fact for fact in row.facts if fact.measure in _DONE]) for row in rows)
        rows = [NamedRow(row.line, tuple(facts)) for row, facts in done if facts]
    return [row_told(row, question, draft) for row in rows[:_ROWS]]


def row_told(row: NamedRow, question: Question, draft: Draft) -> str:
    """A row as one sentence: its name and its values, each named by year and measure."""
    line = row.line
    figures = [draft.add(found_of(fact, line, 1.0)) for fact in row.facts]
    mark = (
        figures[0].citation
        if figures
        else draft.cite(line.document, line.row.span, (*line.table.context, *line.row.section))
    )
    return named_row(line.name, figures, mark, question.language)


def _sentences(named: Named, source: Source, hits: Sequence[Hit], draft: Draft) -> list[str]:
    """The sentences of a document that tell best what is done, as quotations in their order."""
    best = sorted(_doings(named, source, hits, draft.index), key=lambda one: (-one[0], one[1].start))[:_SENTENCES]
    text = draft.index.documents[source.id].text
    return [
        quote_sentence(repair(text[span.start : span.end]).text, draft.cite(source.id, span))
        for _, span in sorted(best, key=lambda one: one[1].start)
    ]


def _doings(named: Named, source: Source, hits: Sequence[Hit], index: Index) -> Iterator[tuple[float, Span]]:
    """The sentences that tell something done for the matter, each with how much it tells."""
    seen: set[Span] = set()
    for rank, hit in enumerate(hits):
        policy = word_pattern("doings", "policy").search(ascii_key(" ".join(hit.passage.context)))
        if hit.passage.document != source.id or hit.passage.kind != "prose" or policy:
            continue
        for sentence in sentences_in(index, source.id, stretch_of(hit.passage, index)):
            text = unmarked(repair(sentence.text).text.strip())
            if sentence.span in seen or not _SHORTEST <= len(text) <= _LONGEST or not sentence.is_whole:
                continue
            seen.add(sentence.span)
            if not (text[:1].isupper() and _tells_doing(text) and named.belongs(text)):
                continue
            worth = _LISTS * enumerates(text) + _RANK / (1 + rank) + _OWN * named.own(text)
            worth += _FIGURES * any(letter.isdigit() for letter in text)
            worth -= _ASIDE * (not named.belongs(text[: len(text) // 2])) + _DUTY * (_DUTIES.search(text) is not None)
            yield worth, sentence.span


def _tells_doing(text: str) -> bool:
    """Whether a sentence ends in a finite verb of doing: what was given, held, built, supported."""
    verb = _DOING.search(ascii_key(text))
    return verb is not None and word_pattern("doings", "done").match(verb["stem"]) is not None
