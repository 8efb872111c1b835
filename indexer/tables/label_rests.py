"""Labels that go on below their values: a cell centred beside a label of several lines stands between those lines.

Example of the form: "Evde sağlık hizmeti verilen hasta" / "Kişi 50.000 57.000" / "sayısı".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from indexer.tables.columns import header_key, words
from indexer.tables.indicator_prose import ends_sentence, has_words
from indexer.tables.indicator_tokens import Token

_MOST_LINES = 3


def rest_length(label: Sequence[Token], values: Token, after: Sequence[Token], *, coded: bool = False) -> int:
    """How many of the tokens ``after`` the values of a row finish its label.

    Args:
        label: the row's label so far.
        values: the last token of the row's values.
        after: the text behind them, up to the next row or to the end of the table.
        coded: whether a code begins the next row, so that all text before it is this row's.
    """
    if not label or not after or after[0].line <= values.line:
        return 0
    unit_below = after[0].text.startswith("(") and not label[-1].text.endswith(")")
    if _is_whole(label[-1]) and not unit_below:
        return 0
    taken = 0
    line = values.line
    for number, (own, group) in enumerate(groupby(after, key=lambda token: token.line)):
        tokens = list(group)
        near = own == line + 1 and tokens[0].paragraph == values.paragraph
        if number == _MOST_LINES or not near or not (coded or _goes_on(tokens[0])) or not _is_label(tokens):
            break
        taken, line = taken + len(tokens), own
        if _is_whole(tokens[-1]):
            return taken
    return taken if coded and taken == len(after) else 0


def _is_whole(last: Token) -> bool:
    """Whether a label can end with a word: "sayısı", "(adet)"."""
    return last.text.endswith(")") or header_key(last.text) in words("indicator", "nouns")


def _goes_on(first: Token) -> bool:
    """Whether a line that begins with a word goes on with the text above it."""
    return first.text[:1].islower() or first.text[:1] == "("


def _is_label(tokens: Sequence[Token]) -> bool:
    return has_words(tokens) and not any(ends_sentence(token, None) for token in tokens)
