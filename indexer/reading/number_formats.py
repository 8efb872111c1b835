"""Shows the numbers and dates of a spreadsheet as Excel shows them to a Turkish reader, by their number formats.

Excel stores 0.465 and the format ``0.0%``; a reader of the sheet sees %46,5, and that is what can be cited.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from indexer.figures import NumberStyle, format_number

GENERAL = "General"
_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)  # what Excel keeps of a number
_GENERAL_WIDTH = 10  # digits that a cell of this format shows
_MAX_DECIMALS = 30
_SECTION = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].|[^;"\\]')
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|'
    r"(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)|(?P<percent>%)|(?P<general>General)|(?P<other>.)",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[0#?]\.?[0#?]*E[+-]|[0#?] ?/ ?[0-9?#]", re.IGNORECASE)
_DATE_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[[^\]]*\]|'
    r"(?P<half>am/pm|a/p)|(?P<part>y+|m+|d+|h+|s+|e+)|(?P<fraction>\.0+)|(?P<other>.)",
    re.IGNORECASE,
)
_MONTHS = (
    *("Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran"),
    *("Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"),
)
_DAYS = ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"]


@dataclass(frozen=True, slots=True)
class Shown:
    """How numbers are written.

    ``certain`` writes three decimals as four, for a document whose other numbers would let ``1,852`` be read as 1852.
    """

    style: NumberStyle = NumberStyle.DOT
    certain: bool = False

    def number(self, value: Decimal, code: str) -> str:
        """A number under the format ``code``; a zero that the format shows as a dash stays a zero, as it is one."""
        value = _DIGITS.create_decimal(value)
        if not value.is_finite():
            return str(value)
        section, value = _section_of(value, code)
        if section is None or _SCIENTIFIC.search(_unquoted(section)):
            return self._general(value)
        return self._by_tokens(value, section)

    def _by_tokens(self, value: Decimal, section: str) -> str:
        tokens = list(_TOKEN.finditer(section))
        percents = sum(token["percent"] is not None for token in tokens)
        places = [token for token in tokens if token["digits"]]
        value = value.scaleb(2 * percents)
        if not places:
            value = abs(value)
        shown: list[str] = []
        done = False
        for token in tokens:
            if token["digits"]:
                if not done:
                    shown.append(self._digits(value, "".join(place["digits"] for place in places)))
                done = True
            elif token["general"]:
                shown.append(self._general(value))
            elif token["percent"] is None:
                shown.append(next((text for text in token.groups() if text is not None), " "))
        text = " ".join("".join(shown).split())
        if percents and text:
            text = f"-%{text[1:]}" if text.startswith("-") else f"%{text}"
        return text

    def _digits(self, value: Decimal, pattern: str) -> str:
        whole, _, decimals = pattern.partition(".")
        scale = len(pattern) - len(pattern.rstrip(","))
        decimals = decimals.rstrip(",").replace(",", "")[:_MAX_DECIMALS]
        grouped = "," in whole.rstrip(",") if "." not in pattern else "," in whole
        value = value.scaleb(-3 * scale)
        value = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, Context(prec=400))
        needed = len(decimals.rstrip("#?"))
        text = f"{value:f}"
        if len(decimals) > needed:
            head, _, tail = text.partition(".")
            tail = tail[:needed] + tail[needed:].rstrip("0")
            text = f"{head}.{tail}" if tail else head
        value = Decimal(text)
        if not value:
            value = abs(value)
        zeros = whole.count("0") - len(f"{abs(value):f}".partition(".")[0])
        written = self._written(value, grouped)
        if zeros > 0:  # 00123: a code
            sign, number = ("-", written[1:]) if written.startswith("-") else ("", written)
            written = sign + "0" * zeros + number
        return written

    def _general(self, value: Decimal) -> str:
        whole = len(f"{abs(value):f}".partition(".")[0])
        value = value.quantize(Decimal(1).scaleb(-max(0, _GENERAL_WIDTH - whole)), ROUND_HALF_UP, Context(prec=400))
        text = f"{value:f}"
        return self._written(Decimal(text.rstrip("0").rstrip(".") if "." in text else text), grouped=False)

    def _written(self, value: Decimal, grouped: bool) -> str:
        text = format_number(value) if grouped else f"{value:f}".replace(".", ",")
        if self.certain and re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", text):
            text += "0"
        return text.translate(str.maketrans(",.", ".,")) if self.style is NumberStyle.COMMA else text


def shown_date(moment: datetime | time | timedelta, code: str) -> str:
    """A date or a time under the format ``code``, in Turkish."""
    if isinstance(moment, timedelta):
        seconds = int(moment.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    moment = datetime.combine(datetime(1900, 1, 1), moment) if isinstance(moment, time) else moment
    tokens = list(_DATE_TOKEN.finditer(_sections(code)[0]))
    parts = [token["part"].lower() if token["part"] else "" for token in tokens]
    half = any(token["half"] for token in tokens)
    shown: list[str] = []
    for place, (token, part) in enumerate(zip(tokens, parts, strict=True)):
        if part.startswith("m") and _is_minute(parts, place):
            shown.append(f"{moment.minute:02}" if len(part) > 1 else str(moment.minute))
        elif part:
            shown.append(_date_part(moment, part, half))
        elif token["half"]:
            shown.append("ÖS" if moment.hour >= 12 else "ÖÖ")
        elif token["elapsed"]:
            shown.append(str(moment.hour))
        elif not token["fraction"]:
            text = next((text for text in (token["quoted"], token["escaped"], token["other"]) if text), "")
            shown.append("." if token["other"] in ("/", "-") else text)  # the separator of the reader's country
    return " ".join("".join(shown).split())


def _date_part(moment: datetime, part: str, half: bool) -> str:
    name, length = part[0], len(part)
    if name in "ye":
        return f"{moment.year % 100:02}" if length <= 2 and name == "y" else str(moment.year)
    if name == "m":
        month = _MONTHS[moment.month - 1]
        return {3: month[:3], 4: month, 5: month[:1]}.get(length, f"{moment.month:0{min(length, 2)}}")
    if name == "d":
        day = _DAYS[moment.weekday()]
        return {3: day[:3], 4: day}.get(length, f"{moment.day:0{min(length, 2)}}")
    number = (moment.hour - 1) % 12 + 1 if name == "h" and half else moment.hour if name == "h" else moment.second
    return f"{number:0{min(length, 2)}}"


def _is_minute(parts: list[str], place: int) -> bool:
    """Whether an ``m`` is one of minutes: after hours or before seconds."""
    before = next((part for part in reversed(parts[:place]) if part), "")
    after = next((part for part in parts[place + 1 :] if part), "")
    return before.startswith("h") or after.startswith("s")


def _sections(code: str) -> list[str]:
    sections, start = [""], 0
    while start < len(code):
        match = _SECTION.match(code, start)
        if match is None and code[start] == ";":
            sections.append("")
        else:
            sections[-1] += match[0] if match else code[start]
        start = match.end() if match else start + 1
    return sections


def _section_of(value: Decimal, code: str) -> tuple[str | None, Decimal]:
    """The section of a format that holds for ``value`` and the value that it shows; None for the general one."""
    sections = _sections(code)
    if any(re.search(r"\[[<>=]", section) for section in sections):  # conditions: what the number itself is
        return None, value
    chosen, shown = sections[0], value
    if value < 0 and len(sections) > 1:
        chosen, shown = sections[1], abs(value)
    elif value == 0 and len(sections) > 2:
        dash = sections[2].strip() and not re.search(r"[0#]|General", _unquoted(sections[2]))
        chosen = sections[0] if dash else sections[2]
    return (None, shown) if chosen.strip().lower() in ("general", "@") else (chosen, shown)


def _unquoted(section: str) -> str:
    return re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].', "", section)
