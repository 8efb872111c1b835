"""The kinds of answer in words that a question asks for, and whether a text has what such an answer has."""

from __future__ import annotations

import re

from indexer.turkish import ascii_key
from qa.finding.stretches import enumerates
from qa.finding.vocabulary import says
from qa.records import Question

_DATE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|\b(?:ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|"
    r"aralik)\b|\b(?:19|20)\d\d(?:['’]|\b)"
)
_NAME = re.compile(r"[A-ZÇĞİÖŞÜ][^\W\d_]+ (?:[A-ZÇĞİÖŞÜ][^\W\d_.]+ ?)+")


def kinds_of(question: Question) -> frozenset[str]:
    """The kinds of answer asked for, as the lists of ``answering.toml`` name them: reason, date, unit, person …"""
    text = question.query_text or question.text
    found = {
        name
        for name, want, group in (("reason", "why", "why"), ("date", "when", "when"), ("person", "who", "who"))
        if want in question.wants or (not question.wants and says("asks", text, group))
    }
    if "person" in found and says("asks", text, "unit"):
        found = (found - {"person"}) | {"unit"}
    if says("asks", text, "definition"):
        found.add("definition")
    found |= {name for name in ("frequency", "leaving") if says("asks", text, name)}
    if "list" in question.wants or (not question.wants and says("asks", text, "list")):
        found.add("list")
    if "yesno" in question.wants:
        found.add("negation")
    return frozenset(found)


def says_kind(text: str, kind: str) -> bool:
    """Whether ``text`` has what an answer of the kind has."""
    if kind == "date":
        return _DATE.search(ascii_key(text)) is not None
    if kind == "person":
        return _NAME.search(text) is not None
    return enumerates(text) if kind == "list" else says(kind, text)


_SEVERAL = re.compile(r"\bhangi(?: \w+)? \w+(?:lar|ler)(?!\w*(?:mis|mus)\b)\w*")
_NAMED = re.compile(r"\w(?:leri|lari)[\W]*\Z")


def asks_list(question: Question) -> bool:
    """Whether several things are asked for: "nelerdir", "hangi kaynaklardan", or only their name ("… faaliyetleri")."""
    if "list" in question.wants:
        return True
    if question.wants[:1] not in ((), ("text",)) or kinds_of(question) & {"reason", "date", "definition"}:
        return False
    key = ascii_key(question.text)
    return _SEVERAL.search(key) is not None or _NAMED.search(key) is not None
