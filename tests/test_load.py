"""The load test itself: people who ask at once are all answered, and what goes wrong is told."""

from __future__ import annotations

import asyncio
import os
from collections import Counter

import pytest

from app.live import LiveEngine
from app.web.background import served
from evaluation.load import Load, put_under_load, resident_bytes, told
from qa.engine import Engine

# Gradio uses options of pandas that the newest pandas have deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


def test_people_who_ask_at_once_are_answered(engine: Engine) -> None:
    with served(LiveEngine.of(engine)) as address:
        questions = ["2024 asfalt hedefi nedir?", "Ankara 2031 metro bütçesi nedir?", "?!;--"]
        load = asyncio.run(put_under_load(address, os.getpid(), 3, 0.1, questions))
    assert len(load.waited) >= 2, "an answer and a refusal are answers"
    assert load.errors.keys() == {"no answer"}, "a question that cannot be worked on has none"
    assert len(load.memory) == 5 and all(
        size == pytest.approx(resident_bytes(os.getpid()), rel=0.5) for size in load.memory
    )


def test_what_came_of_it_is_told() -> None:
    load = Load([0.5, 1.0, 4.0], Counter({"HTTP 429": 2}), [100 * 2**20, 101 * 2**20])
    text = told(load, 20, 120)
    for part in ("20 people", "3 answers", "HTTP 429: 2", "median 1.00 s", "longest 4.00 s", "100 → 101 MiB"):
        assert part in text
    assert "errors: none" in told(Load([1.0]), 1, 1)
