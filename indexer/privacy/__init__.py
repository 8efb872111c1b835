"""Personal data of private persons in a text, and the text with it masked.

What is looked for: T.C. identity numbers and IBANs (with their check digits verified), Turkish telephone numbers and
e-mail addresses. Contacts of offices stay, and so do the figures of tables: where a place does not make it likely that
a number is personal, it is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from indexer.privacy.contacts import find_mails, find_phones
from indexer.privacy.identity import find_ibans, find_identity_numbers, is_iban, is_public_account
from indexer.privacy.ownership import is_beside_office
from indexer.privacy.surroundings import Surroundings
from indexer.records import Span

PersonalKind = Literal["identity number", "iban", "phone", "mail"]

MASK: Final = "•"
"""What stands in the place of every character that is masked."""

_NAMES: Final[dict[PersonalKind, str]] = {
    "identity number": "T.C. kimlik numarası",
    "iban": "IBAN",
    "phone": "telefon numarası",
    "mail": "e-posta adresi",
}


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """A piece of personal data in a text: its kind and where it stands."""

    kind: PersonalKind
    span: Span


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """The personal data of private persons in a text, in order and without overlaps."""
    around = Surroundings(text)
    found: list[PersonalDatum] = []
    taken = 0
    for span, kind in sorted(_candidates(around), key=lambda candidate: (candidate[0].start, -candidate[0].end)):
        if span.start >= taken:  # what a wider form holds is a part of it: of an IBAN, or of an office's number
            taken = span.end
            if kind is not None:
                found.append(PersonalDatum(kind, span))
    return tuple(found)


def mask(text: str, found: Sequence[PersonalDatum]) -> str:
    """The text with every character of what was found masked; its length, and so every offset, stays."""
    pieces = []
    end = 0
    for datum in found:
        pieces += [text[end : datum.span.start], MASK * (datum.span.end - datum.span.start)]
        end = datum.span.end
    return "".join([*pieces, text[end:]])


def describe(found: Sequence[PersonalDatum]) -> str:
    """How many of which kind were found, in Turkish: ``"2 telefon numarası, 1 e-posta adresi"``."""
    counts = Counter(datum.kind for datum in found)
    return ", ".join(f"{counts[kind]} {name}" for kind, name in _NAMES.items() if counts[kind])


def _candidates(around: Surroundings) -> Iterator[tuple[Span, PersonalKind | None]]:
    """Everything in one of the forms; without a kind where it is not personal."""
    for span, characters in find_ibans(around):
        private = is_iban(characters) and not is_public_account(characters) and not is_beside_office(around, span)
        yield span, "iban" if private else None
    for span in find_identity_numbers(around):
        yield span, "identity number"
    for span, private in find_phones(around):
        yield span, "phone" if private else None
    for span, private in find_mails(around):
        yield span, "mail" if private else None
