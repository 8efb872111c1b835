"""Mends what was mistyped in a question against the words that the documents themselves use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from indexer.suffixes import harmonised
from indexer.turkish import ascii_key, base, fold, is_word, stop_words, tokens
from qa.vocabulary import word_list

_WORDS = re.compile(r"[^\W\d_]{2,}")
_VOWELS, _TURKISH_VOWELS = frozenset("aeiou"), "aeıioöuü"
_SUFFIXES = re.compile(
    r"(?:l[ae]r)?(?:[iu]m[iu]z|[iu]n[iu]z|s?[iu])?(?:n?[iu]n|[iu]n|n?[dt][ae]n?|n?y?[ae]|y?[iu]|yl[ae]|l[ae]|c[ae])?"
    r"(?:ki(?:l[ae]r)?(?:[iu]n)?)?(?:y?[dt][iu]r?|y?m[iu]s)?"
)
"""A chain of nominal suffixes, as ascii; loose, for the stem before it must be a word of the documents."""

_PAST = re.compile(r"(?:[dt][iu]|m[iu]s)(?:l[ae]r|k)?(?:[dt][iu]r)?\Z")
_LONG_STEM = 5  # letters by which a stem is known
_CIRCUMFLEX = str.maketrans("âîû", "aiu")
_SHORTEST, _SHORTEST_STEM = 3, 4
_VOWELS_LEFT_OUT, _RATHER_LONG = 2, 7  # so many vowels may be left out of a word of so many letters
_LONG = 9
"""From this length in letters on, two mistakes are mended instead of one."""

_COMMON = 3
"""How often a word must occur to be what a short mistyped one stands for."""

_FREQUENT = 1_000  # what a word of asking, which reports hardly use, counts for


@dataclass(frozen=True)
class Vocabulary:
    """The words of the documents with how often they occur; :meth:`from_texts` builds it."""

    counts: Mapping[str, int]  # folded word: how often
    spellings: Mapping[str, str]  # ascii key: its most frequent spelling
    _by_start: Mapping[str, list[str]] = field(repr=False)  # ascii keys by first letter

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of ``texts``: the passages' own words, repaired or not."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(_WORDS.findall(fold(text)))
        for word in word_list("spelling"):
            counts[word] += _FREQUENT
        spellings: dict[str, str] = {}
        by_start: dict[str, list[str]] = defaultdict(list)
        for word in sorted(counts, key=lambda word: (-counts[word], word)):
            plain = ascii_key(word)
            if plain not in spellings:
                spellings[plain] = word
                by_start[plain[0]].append(plain)
        return cls(dict(counts), spellings, dict(by_start))

    def holds(self, word: str) -> bool:
        """Whether the documents use the word, with or without its Turkish letters."""
        return ascii_key(word) in self.spellings

    def counts_at_least(self, word: str, times: int) -> bool:
        """Whether the documents use the word, spelt so or with its Turkish letters, ``times`` or more."""
        return self.counts.get(self.spelling(word), 0) >= times

    def spelling(self, word: str) -> str:
        """The word with the Turkish letters that it lacks, where the documents write it so."""
        folded = fold(word)
        return folded if folded in self.counts else self.spellings.get(ascii_key(word), folded)

    def nearest(self, word: str) -> str | None:
        """The one word of the documents that a mistyped word stands for; None where none is near enough.

        Near means one mistake (a letter missing, extra, wrong or two of them swapped), from nine letters on two;
        from seven letters on, two where both are vowels left out ("beldyesi").
        Of equally near words, one that only adds vowels comes first (people leave vowels out), then the more
        frequent one.
        """
        plain = ascii_key(word)
        allowed = 2 if len(plain) >= _LONG else 1
        best: tuple[float, int, str] | None = None
        for candidate in self._by_start.get(plain[:1], ()):
            longer = len(candidate) - len(plain)
            if abs(longer) > allowed and (longer != _VOWELS_LEFT_OUT or len(plain) < _RATHER_LONG):
                continue
            near = longer if longer > allowed and _only_adds_vowels(plain, candidate) else allowed
            distance = OSA.distance(plain, candidate, score_cutoff=near)
            count = self.counts[self.spellings[candidate]]
            if distance > near or count < _needed(plain, candidate):
                continue
            rank = (distance - 0.5 * _only_adds_vowels(plain, candidate), -count, candidate)
            best = rank if best is None or rank < best else best
        if best is None or best[0] >= 1:
            return _with_a_vowel(fold(word)) or (self.spellings[best[2]] if best else None)
        return self.spellings[best[2]]

    def with_stem(self, word: str) -> str | None:
        """A verb without its Turkish letters ("kisirlastirdi") with those of a word of its stem ("kısırlaştırılmış").

        None where the documents have no word of the stem, or where it lacks no letter.
        """
        plain = ascii_key(word)
        past = _PAST.search(plain)
        if past is None or fold(word) != plain or past.start() < _LONG_STEM:
            return None
        stem = plain[: past.start()]
        alike = next((other for other in self._by_start.get(plain[:1], ()) if other.startswith(stem)), None)
        if alike is None:
            return None
        letters = self.spellings[alike][: past.start()]
        return letters + harmonised(letters, past[0]) if letters != stem else None

    def is_inflected(self, word: str) -> bool:
        """Whether the word is one of the documents' words with suffixes that they happen not to use."""
        plain = ascii_key(word)
        return any(
            plain[:cut] in self.spellings and _SUFFIXES.fullmatch(plain[cut:]) and _joins(plain, cut)
            for cut in range(len(plain) - 1, _SHORTEST_STEM - 1, -1)
        )


def _needed(plain: str, candidate: str) -> int:
    """How frequent a word must be; a word of three or four letters may only lack letters."""
    if len(plain) > _SHORTEST_STEM:
        return 2
    return _COMMON if len(candidate) > len(plain) or len(plain) == _SHORTEST_STEM else 1_000_000


def _only_adds_vowels(plain: str, candidate: str) -> bool:
    letters = iter(candidate)
    kept = "".join(letter for letter in candidate if letter not in _VOWELS)
    consonants = "".join(letter for letter in plain if letter not in _VOWELS)
    return kept == consonants and all(letter in letters for letter in plain)


def _joins(plain: str, cut: int) -> bool:
    """Whether the suffix can follow: after a consonant, neither two consonants do nor the glides n, s and y."""
    rest = plain[cut:]
    return plain[cut - 1] in _VOWELS or rest[0] in _VOWELS or (rest[0] not in "nsy" and rest[1:2] in _VOWELS)


@dataclass(frozen=True, slots=True)
class Mended:
    """A question as it was meant: ``corrections`` holds what was changed, Turkish letters put back not counted."""

    text: str
    corrections: tuple[tuple[str, str], ...]


def mend(text: str, vocabulary: Vocabulary, keep: Callable[[int, int], bool]) -> Mended:
    """The text with its mistyped words mended and Turkish letters put back.

    Args:
        text: a Turkish question.
        vocabulary: the words of the documents.
        keep: says for the offsets of a word that it must stay as it is (names of places).
    """
    pieces: list[str] = []
    corrections: list[tuple[str, str]] = []
    done = 0
    for token in tokens(text):
        word = base(token.text)
        length = len(word)
        if not word.isalpha() or len(word) < _SHORTEST or keep(token.start, token.end):
            continue
        read = _read(word, vocabulary)
        if read == word:
            continue
        pieces += (text[done : token.start], _capital(token.text, read))
        done = token.start + length
        if ascii_key(read) != ascii_key(word):
            corrections.append((text[token.start : done], _capital(token.text, read)))
    return Mended("".join(pieces) + text[done:], tuple(corrections))


def _read(word: str, vocabulary: Vocabulary) -> str:
    if vocabulary.holds(word):
        return vocabulary.spelling(word)
    if word in stop_words() or is_word(word) or is_word(word.translate(_CIRCUMFLEX)) or vocabulary.is_inflected(word):
        return word
    verb = vocabulary.with_stem(word)
    if verb is not None:
        return verb
    nearest = vocabulary.nearest(word)
    return word if nearest is None or _differs_in_ending(word, nearest) else nearest


def _differs_in_ending(word: str, nearest: str) -> bool:
    """Whether only the last vowel sets the two apart: another inflection, nothing mistyped."""
    return ascii_key(word[-1]) in _VOWELS and nearest.startswith(word[:-1])


def _with_a_vowel(word: str) -> str | None:
    """The one word of the dictionary that ``word`` becomes with a vowel more."""
    longer = {word[:at] + vowel + word[at:] for at in range(1, len(word) + 1) for vowel in _TURKISH_VOWELS}
    words = sorted(candidate for candidate in longer if is_word(candidate))
    return words[0] if len(words) == 1 else None


def _capital(written: str, read: str) -> str:
    return {"i": "İ", "ı": "I"}.get(read[0], read[0].upper()) + read[1:] if written[0] != fold(written[0]) else read
