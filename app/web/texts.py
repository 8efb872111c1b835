"""Everything that the pages say, in each language: ``texts.toml`` is the only place with words of the interface."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Final, Literal, get_args

from qa.records import Language

Page = Literal["ask", "promises", "documents"]
PAGES: Final[tuple[Page, ...]] = get_args(Page)
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


class Texts:
    """The wording of one language.

    Args:
        language: of the pages.

    Attributes:
        language: of the pages.
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._sections = _read()[language]

    def __call__(self, name: str, **values: object) -> str:
        """One text by ``section.name``, its braces filled with ``values``.

        Raises:
            KeyError: there is no such text, or it needs another value.
        """
        section, _, entry = name.partition(".")
        return self._sections[section][entry].format(**values)

    def address(self, page: Page) -> str:
        """The path of a page on the server, with a slash at its end."""
        return f"/{self(f'paths.{page}')}"

    def other(self) -> Texts:
        """The texts of the language to switch to."""
        return texts_of(next(language for language in LANGUAGES if language != self.language))


@cache
def texts_of(language: Language) -> Texts:
    """The texts of a language."""
    return Texts(language)


@cache
def _read() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(resources.files("app.web").joinpath("texts.toml").read_text("utf-8"))
