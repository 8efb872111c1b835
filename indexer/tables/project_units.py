"""The responsible units of project tables: learned where a name stands alone, found where it is glued to text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from indexer.turkish import ascii_key

Name = tuple[str, ...]

_LONGEST_NAME = 6  # words
_JOINING = ("ve", "ile")


@cache
def words(name: str) -> tuple[str, ...]:
    """A word list of ``indexer/data/project_tables.toml`` as ascii keys."""
    data = tomllib.loads(files("indexer").joinpath("data/project_tables.toml").read_text("utf-8"))
    return tuple(data[name])


def ends_unit(key: str) -> bool:
    """Whether the word with this ascii key can be the last one of a unit's name."""
    return key in words("unit_endings")


def learn_units(blocks: Iterable[Sequence[str]]) -> frozenset[Name]:
    """The names of units in ``blocks`` of words that blank lines set apart.

    A block that ends as a unit's name does is taken for one; a block that ends in another block's name is not, since
    there the name is glued to the text before it. Names are ascii keys of their words.
    """
    names = set()
    for block in blocks:
        name = tuple(ascii_key(word) for word in block)
        if len(name) > 1 and ends_unit(name[-1]) and not any(ends_unit(word) for word in name[:-1]):
            names.add(name)
    return frozenset(name for name in names if not any(name[start:] in names for start in range(1, len(name) - 1)))


def learn_glued_units(blocks: Iterable[Sequence[str]]) -> frozenset[Name]:
    """Names that only ever stand glued before their indicator: the first words of a block up to a unit's last word.

    ``blocks`` are those of projects in which no known name stands.
    """
    names = set()
    for block in blocks:
        keys = [ascii_key(word) for word in block[:_LONGEST_NAME]]
        end = next((index for index, key in enumerate(keys) if ends_unit(key)), 0)
        if end:
            names.add(tuple(keys[: end + 1]))
    return frozenset(names)


def learn_inline_units(blocks: Iterable[Sequence[str]], units: frozenset[Name]) -> frozenset[Name]:
    """Names that stand inside a line only: capitalised words up to a unit's last word, behind a word that is not.

    A capital follows, with which the next cell begins: "... uygulaması Etüt Proje Md. Ulaşım etüdü".

    ``units`` are the names that are known; what ends in one of them is none.
    """
    names = set()
    for block in blocks:
        keys = [ascii_key(word) for word in block]
        for end in (index for index, key in enumerate(keys) if ends_unit(key)):
            begin = end
            while begin and (block[begin - 1][0].isupper() or keys[begin - 1] in _JOINING):
                begin -= 1
            name = tuple(keys[begin : end + 1])
            known = any(name[start:] in units for start in range(len(name)))
            apart = block[end + 1 : end + 2] != [] and block[end + 1][0].isupper()
            if apart and 1 < len(name) <= _LONGEST_NAME and keys[begin] not in _JOINING and not known:
                names.add(name)
    return frozenset(names)


def unit_at(keys: Sequence[str], start: int, units: frozenset[Name]) -> int:
    """The number of words of the longest unit name that begins at ``keys[start]``; 0 where none does."""
    longest = max((len(name) for name in units), default=0)
    for length in range(min(longest, len(keys) - start), 1, -1):
        if tuple(keys[start : start + length]) in units:
            return length
    return 0
