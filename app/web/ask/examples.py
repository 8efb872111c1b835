"""Example questions, made for the documents that are held."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from itertools import cycle

from indexer.records import Source
from qa.records import Language

EXAMPLES = 6


def examples(sources: Sequence[Source], language: Language, limit: int = EXAMPLES) -> list[str]:
    """Example questions about the documents that are held, of as many municipalities and kinds as there are."""
    data = tomllib.loads(resources.files("app.web.ask").joinpath("examples.toml").read_text("utf-8"))[language]
    templates = {kind: cycle(questions) for kind, questions in data.items()}
    years = Counter(source.year for source in sources if source.year is not None)
    questions = [text.format(year=year) for text in data["general"] for year, _ in years.most_common(1)]
    rounds = sorted(sources, key=lambda source: [other.municipality for other in sources].index(source.municipality))
    for source in [*rounds, *rounds]:
        template = next(templates[source.kind])
        if source.year is not None:
            questions.append(template.format(municipality=source.municipality, year=source.year))
    return list(dict.fromkeys(questions))[:limit]
