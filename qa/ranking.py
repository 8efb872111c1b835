"""A small linear model over named features, kept as a TOML file that a person can read."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class LinearModel:
    """Weights by feature name; a feature without a weight counts nothing."""

    weights: Mapping[str, float]
    bias: float = 0.0

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum."""
        return self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """The weighted sum as a probability (logistic)."""
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, self.score(features)))))


@cache
def load_model(name: str) -> LinearModel:
    """The model in ``qa/data/NAME.toml``; how it was fitted is told in the file."""
    data = tomllib.loads(resources.files("qa").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))
    return LinearModel(data["weights"], data.get("bias", 0.0))
