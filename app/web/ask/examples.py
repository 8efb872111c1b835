"""Example questions, made for the documents that are held, each of which the index answers well."""

from __future__ import annotations

import time
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib import resources

from app.observing import unobserved
from indexer.records import Source
from qa.engine import Engine
from qa.records import Answer, Language

EXAMPLES = 6
_SURE = 0.9  # least confidence in the answer to an example
_TRIED = 3  # questions that are tried for one example
_ROUNDS = 2  # examples of one document at most
_PATIENCE = 5.0  # seconds that one visitor's page waits for more of them, once there is one

IsAnswered = Callable[[str], bool]
"""Whether the index answers a question well."""


class Examples:
    """The examples of the engine that is open; what was found out for one visitor is kept for the next.

    Args:
        language: of the questions.
        clock: gives the time in seconds.
    """

    def __init__(self, language: Language, clock: Callable[[], float] = time.monotonic) -> None:
        self._language = language
        self._clock = clock
        self._engine: Engine | None = None
        self._is_good: dict[str, bool] = {}  # by question, of those that were tried
        self._found: list[str] | None = None

    def known(self, engine: Engine) -> list[str]:
        """The examples, where all have been found for this engine; else none."""
        return self._found or [] if self._engine is engine else []

    def find(self, engine: Engine, may_go_on: Callable[[], bool]) -> list[str]:
        """The examples; questions are tried for them until enough are found, or until a visitor has waited for long.

        Args:
            engine: answers them.
            may_go_on: asked before each question; once it says no, what has been found until then is given.
        """
        if known := self.known(engine):
            return known
        if self._engine is not engine:
            self._engine, self._is_good, self._found = engine, {}, None
        end, is_cut = self._clock() + _PATIENCE, False

        def is_answered(question: str) -> bool:
            nonlocal is_cut
            if question not in self._is_good:
                is_cut = is_cut or not may_go_on() or (any(self._is_good.values()) and self._clock() > end)
                if is_cut:
                    return False
                self._is_good[question] = _is_good(engine.ask(question))
            return self._is_good[question]

        with unobserved():  # no user has asked these
            found = examples(engine.sources(), self._language, is_answered)
        if not is_cut:
            self._found = found
        return found


def examples(
    sources: Sequence[Source], language: Language, is_answered: IsAnswered, limit: int = EXAMPLES
) -> list[str]:
    """Questions about the documents that are held, of as many municipalities and of as many kinds as there are.

    Args:
        sources: the documents.
        language: of the questions.
        is_answered: whether a question may be offered.
        limit: how many at most.
    """
    data = _templates(language)
    years = Counter(source.year for source in sources if source.year is not None)
    found = [text.format(year=year) for text in data["general"] for year, _ in years.most_common(1)]
    found = [question for question in found if is_answered(question)]
    names = [source.municipality for source in sources]
    dated = [source for source in sources if source.year is not None]
    order = sorted(dated, key=lambda source: names.index(source.municipality))
    used: Counter[str] = Counter()
    tried: set[str] = set()
    for source in order * _ROUNDS:
        if len(found) >= limit:
            break
        for template in sorted(data[source.kind], key=lambda text: used[text])[:_TRIED]:
            question = template.format(municipality=source.municipality, year=source.year)
            if question in tried:
                continue
            tried.add(question)
            if is_answered(question):
                found.append(question)
                used[template] += 1
                break
    return found[:limit]


def _is_good(answer: Answer) -> bool:
    """Whether an answer shows the house at its best: sure, and its first figure one of a known measure."""
    first = next(iter(answer.figures), None)
    return (
        answer.status == "answered"
        and answer.confidence >= _SURE
        and (first is None or (first.measure != "other" and first.value != 0))
    )


def _templates(language: Language) -> Mapping[str, Sequence[str]]:
    data: Mapping[str, Sequence[str]] = tomllib.loads(
        resources.files("app.web.ask").joinpath("examples.toml").read_text("utf-8")
    )[language]
    return data
