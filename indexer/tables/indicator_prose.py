"""The text between the values of an indicator table: sentences, notes below a row, blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.records import Line
from indexer.tables.columns import header_key, words
from indexer.tables.indicator_tokens import Token, begins_line, joined
from indexer.turkish import ascii_key

_SENTENCE_END = re.compile(r"\w*(?:r|ti|di|tu|du|mis|mus)[\"”’)]?[.!]+[\"”’)]?")
_PLAIN_NOTE = re.compile(r"[Aa](?:çıklama|ÇIKLAMA)(?:lar|LAR)?[ ]?:[ ]?")
_FINITE_VERB = re.compile(r"\w{3,}(?:mistir|mustur|maktadir|mektedir|[ae]caktir|[ae]cektir)")
_ABBREVIATION = re.compile(r"\w{1,3}\.")
_WHITE = " \t\r\u00a0"
_FEW_LINES = 8
_LONGEST_LABEL = 6  # words of a field's label and its colon


def is_double_spaced(lines: Sequence[Line]) -> bool | None:
    """Whether a blank line stands between all lines with text; None where there are too few to tell."""
    full = [index for index, line in enumerate(lines) if line.text.strip(_WHITE)]
    apart = sum(second > first + 1 for first, second in pairwise(full))
    return apart >= 0.97 * (len(full) - 1) if len(full) > _FEW_LINES else None


def is_note(tokens: Sequence[Token]) -> bool:
    """Whether a text is the explanation that some forms print below a row ("Açıklama: …"), or another such field."""
    return _field_at(tokens, 0, "notes", "note_lines")


def note_text(tokens: Sequence[Token]) -> str | None:
    """What such a text says, without the label of a plain explanation; None where it says nothing."""
    return _PLAIN_NOTE.sub("", joined(tokens), count=1) or None


def after_fields(tokens: Sequence[Token]) -> int:
    """Where the line of the last field with a name ("Sorumlu İdare: …") ends in the text between two rows; or 0."""
    begins = [at for at in range(len(tokens)) if begins_line(tokens, at)]
    last = max((at for at in begins if _field_at(tokens, at, "notes", "note_lines")), default=None)
    if last is None or not _field_at(tokens, last, "note_lines"):
        return 0
    return next((at for at in begins if at > last), len(tokens))


def _field_at(tokens: Sequence[Token], start: int, *lists: str) -> bool:
    """Whether the label of a field of one of the ``lists`` and a colon begin at ``start``."""
    said: list[str] = []
    for token in tokens[start : start + _LONGEST_LABEL]:
        said.append(token.text)
        text = " ".join(said)
        if ":" in text:
            label = header_key(text.partition(":")[0]).strip()
            return any(label in words("indicator", name) for name in lists)
    return False


def has_words(tokens: Sequence[Token]) -> bool:
    """Whether a letter stands in ``tokens``."""
    return any(character.isalpha() for token in tokens for character in token.text)


def without_page_number(label: Sequence[Token]) -> Sequence[Token]:
    """``label`` without a number that stands alone on a line before it."""
    if len(label) > 1 and label[0].text.isdigit() and label[0].line != label[1].line:
        return label[1:]
    return label


def ends_sentence(token: Token, after: Token | None) -> bool:
    """Whether a sentence ends with ``token``: in a verb and a full stop, or in a finite verb and a line."""
    key = ascii_key(token.text)
    if after is not None and after.line != token.line and after.text[:1].isupper() and _FINITE_VERB.fullmatch(key):
        return True
    return _SENTENCE_END.fullmatch(key) is not None and _ABBREVIATION.fullmatch(key) is None


def blank_lines(lines: Sequence[Line], first: int, last: int) -> int:
    """How many blank lines stand between two lines of the body."""
    return sum(1 for index in range(first + 1, last) if not lines[index].text.strip(_WHITE))
