"""The forms of address that a question asks for (telephone, e-mail, site, account), and whether a text holds one."""

from __future__ import annotations

import re
from typing import Literal

from indexer.turkish import ascii_key
from qa.finding.row_words import word_pattern
from qa.records import Question

ContactForm = Literal["phone", "mail", "site", "address", "account"]

_FORMS: dict[ContactForm, re.Pattern[str]] = {
    "phone": re.compile(
        r"(?i:(?:(?<!\d)\(?0 ?\(?\d{3}\)?|\b444)[ .-]?\d[\d .-]{2,}\d|\b\d{3}[ -]\d\d[ -]?\d\d\b|"
        r"(?:alo|hatt?\w*|telefon\w*|çağrı\w*|numara\w*)\W+(?:[^\W\d]+\W+){0,3}1(?!00)\d\d\b(?![.,]\d)|"
        r"\b1\d\d(?: \w+){0,2} (?:hatt?\w*|numara\w*|telefon\w*|çağrı\w*))"
    ),
    "mail": re.compile(r"\w@\w"),
    "site": re.compile(r"www\.|https?:|\w\.(?:bel|gov|org|com)\b"),
    "address": re.compile(r"\b[Nn][Oo]\s*[:.]?\s*\d"),
    "account": re.compile(r"\bTR ?\d{2}|\d{10,}"),
}
_ENDS = re.compile(
    r"\W*(?:ne(?:dir|ydi|ler)?|kac(?:tir|ti)?|hangisi(?:dir)?|nere(?:de|si)(?:dir)?|var mi(?:dir)?)?\W*\Z"
)
"""What may follow the name of an address where the address itself is asked for."""


def contact_forms(question: Question) -> tuple[ContactForm, ...]:
    """The forms of address that a question asks for: telephone, e-mail, site, account."""
    text = ascii_key(question.query_text or question.text)
    return tuple(
        form
        for form in _FORMS
        if any(_ENDS.match(text, match.end()) for match in word_pattern("contact", form).finditer(text))
    )


def holds_contact(text: str, form: ContactForm) -> bool:
    """Whether ``text`` has something of that form in it."""
    return _FORMS[form].search(text) is not None
