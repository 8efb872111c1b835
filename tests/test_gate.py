"""The gate: a change that makes a figure fall below the accepted one by more than its interval does not land."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.bootstrap import Interval
from evaluation.gate import GUARDED, accepted_text, fallen, measured, read_accepted
from qa.engine import Engine


def test_no_figure_has_fallen(engine: Engine, gate_answers: dict[str, dict[str, Any]]) -> None:
    accepted = read_accepted()
    assert {kind: tuple(measures) for kind, measures in accepted.items()} == GUARDED
    assert not fallen(measured(engine, gate_answers), accepted)


@pytest.mark.parametrize(("value", "falls"), [(0.9, False), (0.85, False), (0.8001, False), (0.79, True)])
def test_what_counts_as_fallen(value: float, falls: bool) -> None:
    accepted = {"answers": {"right": {"value": 0.9, "interval": 0.1}}}
    figures = {"answers": {"right": Interval(value, value - 0.1, value + 0.1)}}
    assert bool(fallen(figures, accepted)) is falls
    assert fallen({}, accepted) == ["answers right: missing, accepted 0.9000 ± 0.1000"]


def test_the_file_is_what_was_measured(tmp_path) -> None:  # type: ignore[no-untyped-def]
    figures = {"answers": {"figure@1": Interval(0.8123, 0.75, 0.87)}}
    path = tmp_path / "accepted.toml"
    path.write_text(accepted_text(figures), encoding="utf-8")
    assert read_accepted(path) == {"answers": {"figure@1": {"value": 0.8123, "interval": 0.06}}}
    assert not fallen(figures, read_accepted(path))
