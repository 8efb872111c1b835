"""The wording of the pages: every language says everything, and nothing is said that no page shows."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from app.web.texts import LANGUAGES, texts_of

WEB = Path(__file__).parent.parent / "app" / "web"
ALL = tomllib.loads((WEB / "texts.toml").read_text("utf-8"))
FILLED = {
    language: {
        f"{section}.{name}": sorted(field for _, field, _, _ in string.Formatter().parse(text) if field)
        for section, entries in ALL[language].items()
        for name, text in entries.items()
    }
    for language in LANGUAGES
}


def test_every_language_has_the_same_texts_with_the_same_braces() -> None:
    assert set(ALL) == set(LANGUAGES)
    assert FILLED["tr"] == FILLED["en"]


def test_every_text_is_used_by_a_page() -> None:
    code = "".join(path.read_text("utf-8") for path in WEB.parent.rglob("*.py"))
    patterns = [re.sub(r"\{[^}]*\}", "[a-z_]+", literal) for literal in re.findall(r"""f?["']([a-z_{}.]+)["']""", code)]
    unused = [name for name in FILLED["tr"] if not any(re.fullmatch(pattern, name) for pattern in patterns)]
    assert unused == []


def test_a_switch_of_language_leads_there_and_back() -> None:
    for language in LANGUAGES:
        other = texts_of(language).other()
        assert other.language != language
        assert other.other().language == language
