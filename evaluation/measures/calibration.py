"""How well a confidence tells what holds from what does not: risk by coverage, and reliability.

Coverage is the share of all questions that are answered at a threshold, risk the share of those answers that do not
hold. Risk-coverage and its area: El-Yaniv & Wiener, *On the foundations of noise-free selective classification*, JMLR
2010; Geifman, Uziel & El-Yaniv, *Bias-reduced uncertainty estimation*, ICLR 2019. Expected calibration error: Naeini,
Cooper & Hauskrecht, *Obtaining well calibrated probabilities using Bayesian binning*, AAAI 2015; Guo et al., *On
calibration of modern neural networks*, ICML 2017.
"""

from __future__ import annotations

from collections.abc import Sequence

BINS = 10
POINTS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)

Judged = Sequence[tuple[float, bool]]
"""The confidence of each answer, and whether the answer holds."""


def curve(judged: Judged) -> list[tuple[float, float, float]]:
    """Coverage, risk and threshold after each answer, the surest first; equal confidences in the order given."""
    order = sorted(judged, key=lambda pair: -pair[0])
    wrong, points = 0, []
    for place, (sure, holds) in enumerate(order, 1):
        wrong += not holds
        points.append((place / len(order), wrong / place, sure))
    return points


def risk_coverage(judged: Judged) -> list[tuple[float, float, float]]:
    """The curve at round coverages, the widest first."""
    points = curve(judged)
    return [points[max(1, round(coverage * len(points))) - 1] for coverage in POINTS] if points else []


def area_under_risk(judged: Judged) -> float:
    """AURC, the mean risk over all coverages; 0 would be a confidence without fault over answers without fault."""
    points = curve(judged)
    return sum(risk for _, risk, _ in points) / len(points) if points else float("nan")


def reliability(judged: Judged) -> list[tuple[float, float, int]]:
    """By tenths of the confidence: its mean, the share that holds, and the number of answers."""
    rows = []
    for place in range(BINS):
        inside = [pair for pair in judged if min(BINS - 1, int(pair[0] * BINS)) == place]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            rows.append((mean, sum(holds for _, holds in inside) / len(inside), len(inside)))
    return rows


def calibration_error(judged: Judged) -> float:
    """ECE: how far confidence and share lie apart in the mean over answers, by tenths of the confidence."""
    rows = reliability(judged)
    return sum(abs(mean - held) * number for mean, held, number in rows) / len(judged) if judged else float("nan")
