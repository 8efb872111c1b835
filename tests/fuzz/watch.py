"""Runs a target on one input under a clock and keeps each finding once, so that a run goes on after the first."""

from __future__ import annotations

import hashlib
import json
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

_OURS = "indexer"  # the package whose frames tell two findings apart


class TooSlow(BaseException):
    """An input took longer than it may; no handler of errors in the code under test catches this."""


@dataclass
class Watch:
    """What a run has seen.

    Args:
        target: its name.
        folder: where inputs that broke something are kept, with how.
        seconds: of processor time that one input may take.
    """

    target: str
    folder: Path
    seconds: float
    inputs: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    slowest: float = 0.0
    findings: dict[str, int] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGPROF, self._stop)

    def run(self, check: Callable[[bytes], str], data: bytes) -> None:
        """Runs ``check`` on an input; it gives the outcome in a word, which is counted."""
        self.inputs += 1
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        try:
            outcome = check(data)
            self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1
        except (TooSlow, Exception) as error:
            self._keep(error, data)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        self.slowest = max(self.slowest, time.process_time() - began)
        if self.inputs % 200 == 0:
            self.tell()

    def tell(self) -> None:
        """Writes what was seen so far."""
        fields = {
            "target": self.target,
            "seconds": round(time.monotonic() - self.began),
            "inputs": self.inputs,
            "outcomes": self.outcomes,
            "slowest_cpu_seconds": round(self.slowest, 2),
            "findings": self.findings,
        }
        (self.folder / "seen.json").write_text(json.dumps(fields, ensure_ascii=False, indent=1) + "\n")

    def _keep(self, error: BaseException, data: bytes) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if f"/{_OURS}/" in frame.filename] or list(frames)
        # A clock stops anywhere: how slow inputs come in is told by the function of ours that they all pass.
        places = {f"{Path(frame.filename).stem}.{frame.name}" for frame in own[-1:]}
        name = f"{type(error).__name__} {' '.join(sorted(places))}"
        if isinstance(error, AssertionError):
            name += f" {str(error).splitlines()[0][:60]}" if str(error) else ""
        seen = self.findings.get(name, 0)
        self.findings[name] = seen + 1
        if not seen:
            path = self.folder / hashlib.sha256(name.encode()).hexdigest()[:12]
            path.with_suffix(".input").write_bytes(data)
            path.with_suffix(".txt").write_text(name + "\n" + "".join(traceback.format_exception(error))[-6000:])
            self.tell()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        raise TooSlow
