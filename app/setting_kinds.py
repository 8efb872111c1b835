"""The kinds of values that a setting can have: what each is called, and how it is read from a file or a variable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

LogFormat: TypeAlias = Literal["text", "json"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]

_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})
_MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: what it is called, and how it is read; reading gives None for what is none of it."""

    english: str
    turkish: str
    read: Callable[[object, Path], Any]


def _choice(kind: object) -> Kind:
    words = get_args(kind)

    def read(value: object, _: Path) -> object:
        return value if value in words else None

    return Kind(" or ".join(f'`"{word}"`' for word in words), " ya da ".join(words), read)


def _read_path(value: object, folder: Path) -> Path | None:
    if not isinstance(value, str | Path) or not str(value) or "\0" in str(value):
        return None
    try:
        return folder / Path(value).expanduser()
    except RuntimeError:  # the home of somebody whom this machine does not know
        return None


def _read_words(value: object, _: Path) -> tuple[str, ...] | None:
    is_list = isinstance(value, list | tuple) and all(isinstance(word, str) and word for word in value)
    return tuple(value) if is_list else None  # type: ignore[arg-type]


def _read_text(value: object, _: Path) -> str | None:
    return value if isinstance(value, str) and value else None


def _read_number(value: object, _: Path) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _read_switch(value: object, _: Path) -> bool | None:
    return value if isinstance(value, bool) else None


def value_of_text(kind: object, text: str) -> object:
    """A value of the environment in the type that a TOML file would give; what does not fit stays and is refused."""
    if kind in SWITCHES:
        word = text.strip().casefold()
        return True if word in _TRUE else False if word in _FALSE else text
    if kind is int:
        digits = text.strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else text
    return text.replace(",", " ").split() if kind == tuple[str, ...] else text


def as_written(value: object) -> str:
    """A value as it is shown to who wrote it."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


_SWITCH: Final = Kind("true or false", "true ya da false", _read_switch)
SWITCHES: Final = (bool, bool | None)
KINDS: Final[Mapping[Any, Kind]] = {
    Path | None: Kind("path", "bir yol", _read_path),
    str: Kind("text", "metin", _read_text),
    int: Kind("number", "sayı", _read_number),
    bool: _SWITCH,
    bool | None: _SWITCH,
    tuple[str, ...]: Kind("list of texts", "metin listesi", _read_words),
    LogFormat: _choice(LogFormat),
    LogLevel: _choice(LogLevel),
}
