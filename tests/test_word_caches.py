"""What is remembered of words that visitors type has a bound: a public server lives long."""

from __future__ import annotations

from typing import Any

import pytest

from qa.finding import contrast, row_words, sought
from qa.vocabulary import is_topical


@pytest.mark.parametrize("remembering", [is_topical, row_words.same_words, sought._meanings, contrast._frames])
def test_no_memory_of_words_grows_without_end(remembering: Any) -> None:
    assert remembering.cache_info().maxsize
