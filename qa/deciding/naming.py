"""What a question names in so many words, and the places cited do not: a name in quotation marks, a body, a whole.

A figure of the whole answers nothing about a part that is named, and a part nothing about the whole: a row "Eğitimlere
Katılacak Personel Sayısı" is not the staff of a municipality.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.turkish import PREFIX, ascii_key, base, key, keys, tokens
from qa.answering.draft import Draft
from qa.answering.people.staff import asks_staff, tells_groups
from qa.asking import is_verb
from qa.finding.places import is_told, places_named
from qa.finding.row_words import means
from qa.finding.vocabulary import says
from qa.records import Question

_QUOTED = re.compile(r"[\"“](?P<double>[^\"”]{3,})[\"”]|(?<!\w)['‘](?P<single>[^'’]{3,})['’](?!\w)")
_BODY = re.compile(r"\b[A-ZÇĞİÖŞÜ]{3,}(?=['’]|\b)")
_NUMERAL = re.compile(r"[IVX]+")
_FEW = 3  # words at most that may stand between two words of a name: a bracket, a code


def unmet_quotation(question: Question, told: str) -> bool:
    """Whether a name that ``question`` sets in quotation marks stands nowhere in ``told``, its words in their order.

    The name of a section or book ("'Sayılarla 2020' bölümünde") tells where to look, not what.
    """
    if question.language != "tr":
        return False
    words = [key(token.text) for token in tokens(told)]
    return any(not _in_order(name, words) for name in _quoted(question.text))


def unmet_body(question: Question, told: str) -> bool:
    """Whether a body written in capitals ("İZBAN'ın") is asked about, and ``told`` has neither it nor its initials."""
    if question.language != "tr" or question.text == question.text.upper():
        return False
    subject = {key(word) for word in question.subject.split()}
    written = [token.text for token in tokens(told)]
    words = {key(word) for word in written}
    initials = "".join(key(word)[:1] for word in written)
    for match in _BODY.finditer(question.text):
        name = key(match[0])
        known = any(word.startswith(name[:PREFIX]) for word in words) or name in initials
        if name in subject and not known and not _NUMERAL.fullmatch(match[0]):
            return True
    return False


def part_for_whole(question: Question, draft: Draft) -> bool:
    """Whether the staff of whole municipalities is asked for, and a cell cited counts a part of it or some others."""
    each = replace(question, wants=tuple(want for want in question.wants if want != "compare"))
    if draft.over_rows or not draft.found or not asks_staff(each):
        return False
    told = " ".join(citation.quote for citation in draft.citations)
    return any(_says_more(one.label) if one.fact else not tells_groups(question, told) for one in draft.found)


def unmet_place(question: Question, told: str) -> bool:
    """Whether a place that the question names by its kind ("Fatih Mahallesi") stands nowhere in ``told``."""
    words = keys(told)
    return question.language == "tr" and any(not is_told(name, words) for name in places_named(question))


def of_another_unit(question: Question, draft: Draft) -> bool:
    """Whether the question names a unit ("Hukuk İşleri Müdürlüğü"), and the cells cited stand in rows of others."""
    if question.language != "tr" or draft.over_rows:
        return False
    words = [token.text for token in tokens(question.query_text or question.text)]
    heads = [place for place, word in enumerate(words) if place and says("unit_money", word, "said")]
    named = [name for place in heads if (name := _name_before(words[:place])) in question.content]
    rows = [one for one in draft.found if one.fact is not None and says("unit_money", one.label, "said")]
    held = [key(token.text) for one in rows for token in tokens(" ".join((one.label, *one.context)))]
    return bool(rows) and len(named) == 1 and not any(_alike(named[0], word) for word in held)


def _name_before(words: Sequence[str]) -> str:
    """The key of the last word that tells one unit from others: "hukuk" of "Hukuk İşleri"; empty where none does."""
    return next((key(word) for word in reversed(words[-_FEW:]) if not means("unit_money", "common", word)), "")


def deed_untold(question: Question, told: str) -> bool:
    """Whether the question asks what was done ("kaç hayvan toplanmıştır"), and ``told`` has no word of that verb."""
    verbs = [key(word) for word in question.subject.split() if is_verb(ascii_key(word))]
    words = {key(token.text) for token in tokens(told)}
    return question.language == "tr" and any(verb not in words for verb in verbs)


def _says_more(label: str) -> bool:
    names = [key(base(token.text)) for token in tokens(label) if not token.text.isdigit()]
    return any(not means("staff", "frame", name) and not means("staff", "neutral", name) for name in names)


def _quoted(text: str) -> Iterator[list[str]]:
    """The names in quotation marks, each as the keys of its words."""
    for match in _QUOTED.finditer(text):
        words = [key(token.text) for token in tokens(match["double"] or match["single"])]
        after = " ".join(text[match.end() :].split()[:2])
        if len(words) > 1 and not says("section", after):
            yield words


def _in_order(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a name follow each other in ``words``, few others between them."""
    starts = [place for place, word in enumerate(words) if _alike(name[0], word)]
    return any(_follows(name[1:], words, start) for start in starts)


def _follows(rest: Sequence[str], words: Sequence[str], place: int) -> bool:
    for name in rest:
        window = range(place + 1, min(len(words), place + 2 + _FEW))
        found = next((at for at in window if _alike(name, words[at])), None)
        if found is None:
            return False
        place = found
    return True


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= PREFIX - 1 and one[:PREFIX] == other[:PREFIX])
