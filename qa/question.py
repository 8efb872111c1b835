"""Understands a question: whom it is about, which documents, years and measures, about what, and in which language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.errors import InputError
from indexer.gazetteer import find_places
from indexer.records import Source, Span
from indexer.turkish import analyse, ascii_key, base, is_word, key, stop_words, tokens
from qa.asking import read_asked, read_counted, read_units, read_wants
from qa.conversation import carry_over
from qa.courtesy import small_talk, without_courtesy
from qa.english import is_english, to_turkish
from qa.everyday import in_official_words, written_out
from qa.exclusion import split_exclusion
from qa.filtering import filtered
from qa.mending import Mended, Vocabulary, mend
from qa.periods import is_one_year, read_years, scope_year
from qa.records import Filters, Question
from qa.scope import Scope, document_years, mend_places, named_documents, own_name, read_kinds, read_scope, scope_first
from qa.vocabulary import is_topical, patterns

_GLUED = re.compile(r"(?<=(?<!\d)[12]\d{3})['’]?[^\W\d_]{1,4}\b")  # the case ending of a year: "2024te"

Used = Callable[[str, Sequence[str]], bool]
"""Whether the documents of some municipalities (of all, where none is given) use a word."""

MAX_LENGTH = 2_000
"""Longest question in characters that is worked on."""


def check_question(text: str) -> str:
    """The question without control characters and surplus white space.

    Raises:
        InputError: it is empty, too long, or holds no letter or digit.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(
            f"Soru çok uzun ({len(text)} karakter). Lütfen sorunuzu {MAX_LENGTH} karakteri geçmeyecek biçimde kısaltın."
        )
    cleaned = "".join(" " if unicodedata.category(letter).startswith(("C", "Z")) else letter for letter in text)
    cleaned = " ".join(cleaned.split())
    if not cleaned:
        raise InputError("Soru boş. Lütfen bir soru yazın; örneğin: 2024 asfalt hedefi nedir?")
    if not any(letter.isalnum() for letter in cleaned):
        raise InputError("Soruda okunabilir bir sözcük yok. Lütfen sorunuzu sözcüklerle yazın.")
    return cleaned


def understand(
    text: str,
    sources: Sequence[Source],
    history: Sequence[str] = (),
    filters: Filters | None = None,
    vocabulary: Vocabulary | None = None,
    used: Used | None = None,
) -> Question:
    """What ``text`` asks, read against the documents that the index holds.

    Args:
        text: the question, as :func:`check_question` gives it.
        sources: the documents of the index.
        history: earlier questions of the conversation, oldest first; what the new question leaves out is taken from
            the last one.
        filters: what the user has fixed; what the question names beside them stands in ``outside``.
        vocabulary: the words of the documents; without it nothing but names of places is mended.
        used: says whether the documents of some municipalities (of all, where none is given) use a word; without it
            everyday words are not put into those of the documents.

    Returns:
        The question; ``municipalities`` holds names as the catalogue writes them.
    """
    earlier: Question | None = None
    for question in (*(question for question in history if small_talk(question) is None), text):
        alone = _understand_alone(without_courtesy(question), sources, vocabulary, earlier, filters or Filters(), used)
        earlier = carry_over(alone, earlier) if earlier else alone
    assert earlier is not None
    return filtered(earlier, filters or Filters(), sources)


def _understand_alone(
    text: str,
    sources: Sequence[Source],
    vocabulary: Vocabulary | None,
    earlier: Question | None,
    filters: Filters,
    used: Used | None,
) -> Question:
    english = is_english(text, expected=earlier is not None and earlier.language == "en")
    if not english:
        text = scope_first(written_out(text), sources)
    reading, corrections = _reading(text, sources, vocabulary, english)
    if used is not None and not english:
        put = _officially(reading, sources, used, filters.municipalities or (earlier.municipalities if earlier else ()))
        reading, corrections = put.text, corrections + put.corrections
    reading, excluded = split_exclusion(reading)
    scope = _others(read_scope(reading, sources), read_scope(excluded, sources).municipalities, sources)
    kinds = read_kinds(reading)
    of_documents = document_years(reading)
    documents = named_documents(sources, scope.municipalities, kinds, of_documents)
    whose = scope.municipalities or filters.municipalities or (earlier.municipalities if earlier else ())
    within = documents or filters.documents
    mentions = read_years(
        reading,
        scope_year(sources, whose, within),
        earlier.years if earlier else (),
        [source.year for source in sources if source.year is not None],
        is_one_year(sources, whose, within),
    )
    asked_mentions = [mention for mention in mentions if mention.year not in of_documents or not documents] or mentions
    years = tuple(dict.fromkeys(mention.year for mention in asked_mentions))
    asked = read_asked(reading, asked_mentions)
    measures = tuple(dict.fromkeys(asked_for.measure for asked_for in asked if asked_for.measure))
    left_out = (*scope.spans, *(Span(mention.start, mention.end) for mention in mentions))
    wants = read_wants(reading, measures, years, len(scope.municipalities), left_out)
    subject = _subject(reading, left_out)
    content = tuple(dict.fromkeys(map(key, subject)))
    return Question(
        text=reading if english or excluded else text,
        language="en" if english else "tr",
        written=text if english else "",
        written_as=reading if english else "",
        municipalities=scope.municipalities,
        documents=documents,
        kinds=kinds,
        years=years,
        measures=measures,
        topic=_topic(_plainly(reading, scope), content, [written for written, _ in corrections]),
        wants_figure="figure" in wants,
        query_text=reading,
        content=content,
        subject=" ".join(subject),
        foreign=scope.foreign,
        places=scope.places,
        asked=asked,
        wants=wants,
        units=read_units(reading, measures),
        counted=read_counted(reading),
        corrections=corrections,
        excluded=excluded,
    )


def _others(scope: Scope, left_out: Sequence[str], sources: Sequence[Source]) -> Scope:
    """The scope; all other municipalities where the question names none but one that it leaves out."""
    if scope.municipalities or not left_out:
        return scope
    others = dict.fromkeys(source.municipality for source in sources if source.municipality not in left_out)
    return replace(scope, municipalities=tuple(others))


def _reading(
    text: str, sources: Sequence[Source], vocabulary: Vocabulary | None, english: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The question in Turkish and spelt right, and what was corrected."""
    known = _known_to(vocabulary)
    if english:
        translated = to_turkish(text)
        reading, corrections = mend_places(translated, sources, known)
        return reading, tuple(pair for pair in corrections if pair[0] in text)
    reading, corrections = mend_places(text, sources, known)
    if vocabulary is None:
        return reading, corrections
    mended = mend(reading, vocabulary, _within_places(reading))
    return mended.text, corrections + mended.corrections


def _officially(text: str, sources: Sequence[Source], used: Used, whose: tuple[str, ...]) -> Mended:
    """The text in the words of the documents of the municipalities that it names, else of those it is asked about."""
    own = read_scope(text, sources).municipalities or whose
    return in_official_words(text, lambda word: used(word, own), _within_places(text))


def _within_places(text: str) -> Callable[[int, int], bool]:
    """Whether the word at some offsets of ``text`` is part of a place's name."""
    places = [(match.start, match.stop) for match in find_places(text)]
    return lambda start, end: any(start < stop and first < end for first, stop in places)


def _known_to(vocabulary: Vocabulary | None) -> Callable[[str], bool]:
    return lambda word: is_word(word) or (vocabulary is not None and vocabulary.counts_at_least(word, 3))


def _plainly(text: str, scope: Scope) -> str:
    """The text with the municipalities held by their plain names: "Karsta" would be taken for another word."""
    for span in sorted(scope.spans, key=lambda span: -span.start):
        text = f"{text[: span.start]} {text[span.end :]}"
    return " ".join((text, *map(own_name, scope.municipalities)))


def _topic(reading: str, content: Sequence[str], written: Sequence[str]) -> tuple[str, ...]:
    """The lexical terms of the question as read, and of the words that were mended as they were written.

    The words that name the matter come twice, so that they weigh more than words of asking.
    """
    terms = analyse(_GLUED.sub(" ", reading))
    own = set(terms)
    mended = analyse(" ".join(written))
    return (*terms, *(term for term in mended if term not in own), *(key for key in content if key in own))


def _subject(reading: str, left_out: Sequence[Span]) -> list[str]:
    """The words that name the matter: no municipality, no year, no word of asking or measuring."""
    words = []
    phrases = [match.span() for match in patterns("not_measures")["words"].finditer(ascii_key(reading))]
    for token in tokens(reading):
        word = base(token.text)
        outside = not any(span.start < token.end and token.start < span.end for span in left_out)
        named = is_topical(ascii_key(word)) or any(start <= token.start < end for start, end in phrases)
        if outside and named and len(word) > 1 and word not in stop_words():
            words.append(word)
    return words
