"""Warms an engine: what questions have in common is worked out before the first one, which is then answered fast.

What an engine reads of a document (facts, headings, words of rows and passages, dictionary forms) it keeps; without
warming, the first question about each document would wait for that.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources

from qa.engine import Engine
from qa.records import Filters


def warming(engine: Engine) -> Iterator[None]:
    """Puts some questions (``qa/data/warming.toml``) to each document, a step each; nothing of it is logged.

    A caller that has better to do waits between the steps.
    """
    text = resources.files("qa").joinpath("data/warming.toml").read_text("utf-8")
    for asked in tomllib.loads(text)["questions"]:
        for source in engine.sources():
            question = engine.understand(asked, filters=Filters(documents=(source.id,)))
            engine.composer.compose(question, engine.retrieve(question))
            yield
