"""Why a request was refused, noted for the metrics where it happens."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Final, Literal

REFUSAL: Final = "kentesor.refusal"
"""Under this key a request's scope says why it was refused."""


def note_refusal(scope: MutableMapping[str, Any], reason: Literal["rate", "queue", "size"]) -> None:
    """Notes that a request is refused: too many of one visitor, too many waiting, or too large."""
    scope[REFUSAL] = reason
