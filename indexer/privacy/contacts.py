"""Telephone numbers and e-mail addresses, and whose they are: a private person's, or an office's.

A landline is an office's where the nearest words that tell speak of an office. A mobile number or an address at a
common mail service is a person's unless an office's name stands right beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.privacy.ownership import announcing, is_beside_office, is_office_line
from indexer.privacy.surroundings import Surroundings, privacy_data
from indexer.records import Span

_GAP = r"[ \u00a0.\-–/]"
_PHONE = re.compile(
    rf"""(?<![0-9])(?<![0-9][.,])
    (?P<country> \(?(?:\+|\b00)[ ]?90\)?{_GAP}{{0,2}} | \b90(?=[ ]?\(?5) {_GAP}? )?
    (?P<zero> \(?0\)?(?:{_GAP}(?=[(0-9]))? )?
    (?P<bracket> \([ ]? )?(?P<code>[2-5][0-9]{{2}})[ ]?\)?
    (?P<gap> {_GAP}{{0,3}} )
    (?P<rest> [0-9]{{3}}{_GAP}{{0,2}}[0-9]{{2}}{_GAP}?[0-9]{{2}} | [0-9]{{3}}{_GAP}[0-9]{{4}} )
    (?![0-9])(?![.,][0-9])""",
    re.VERBOSE,
)
_NUMBER_BEFORE, _NUMBER_AFTER = re.compile(r"[0-9%][\s|]*\Z"), re.compile(r"[\s|]*[0-9%]")
_ANNOUNCED = 40  # characters before a number that may announce a telephone
_ASKED = re.compile(r"(?:[:.]|\bnumara\w*|\bno)\s*\Z")  # what leads a value, where a figure would follow its label

_AT = re.compile(r"@|[ ]?[\[(](?:at|et)[\])][ ]?", re.IGNORECASE)
_LOCAL, _DOMAIN = re.compile(r"[\w.%+\-]{1,64}\Z"), re.compile(r"[\w.\-]{3,255}")
_HOST = re.compile(r"(?:[^\W_](?:[\w\-]*[^\W_])?\.)+[^\W\d_]{2,24}")


def find_phones(around: Surroundings) -> Iterator[tuple[Span, bool]]:
    """Turkish telephone numbers with their area code, and whether each is a private person's."""
    codes = frozenset(privacy_data()["phones"]["landline"])
    for match in _PHONE.finditer(around.text):
        is_mobile = match["code"][0] == "5"
        span = Span(_bare(match), match.end())
        if (is_mobile or match["code"] in codes) and _is_phone(around, match, is_mobile):
            is_office = is_beside_office if is_mobile else is_office_line
            yield span, not is_office(around, span)


def find_mails(around: Surroundings) -> Iterator[tuple[Span, bool]]:
    """E-mail addresses, and whether each is a private person's."""
    text = around.text
    for match in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, match.start() - 64), match.start())
        domain = _DOMAIN.match(text, match.end())
        host = _HOST.match(domain[0]) if domain else None
        if local is None or host is None:
            continue
        start = local.start() + len(local[0]) - len(local[0].lstrip("._-"))
        span = Span(start, match.end() + host.end())
        if start < match.start():
            name = around.key[start : match.start()]
            official = _is_official(name, around.key[match.end() : span.end]) or is_beside_office(around, span)
            yield span, not official


def _bare(match: re.Match[str]) -> int:
    """Where a number begins, without a bracket that closes only after it."""
    return match.start() + (match[0].startswith("(") and match[0].count("(") > match[0].count(")"))


def _is_phone(around: Surroundings, match: re.Match[str], is_mobile: bool) -> bool:
    """Whether a number in the form of a telephone number is one: figures of a row may stand like that by chance."""
    start, end = match.span()
    column = around.column(start)
    before = around.before(start)
    words = announcing("phones", "words")
    header = column.header if column is not None else ""
    announced = words.search(before[-_ANNOUNCED:]) is not None or words.search(header) is not None
    parted = bool(match["gap"]) or not match["rest"].isdigit()
    if (match["country"] or "").lstrip("(")[:1] in ("+", "0"):
        return True
    zero = match["zero"] or ""
    if zero and (match["bracket"] or not zero[-1].isspace()):
        return announced or is_mobile or parted
    if around.cell(start, end):
        return parted or announced
    marked = bool(match["country"] or zero or match["bracket"])
    if announced and (marked or _ASKED.search(before)):
        return True
    lonely = not _NUMBER_BEFORE.search(before) and not _NUMBER_AFTER.match(around.after(end))
    return is_mobile and lonely and parted and marked


def _is_official(local: str, host: str) -> bool:
    """Whether an address, folded, is of an institution by its domain, or of a task or office by its name."""
    data = privacy_data()["mails"]
    labels = host.split(".")
    if any(label in data["students"] for label in labels[:-1]):
        return False
    if f".{host}".endswith(tuple(data["institutional"])):
        return True
    name = re.split(r"[._+\-0-9]", local)[0]
    if name in data["roles"] or local in data["roles"]:
        return True
    return any(office in place for office in data["offices"] for place in (local, host))
