"""Many people asking the web app at once: errors, how long they wait for answers, and the server's memory.

    python -m evaluation.load [--people 20] [--seconds 120] [--index DIR]

The server runs by itself on two processors. Each person asks on the first page as a browser does, one question after
another without a pause, in a conversation of their own; this process counts and waits.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from evaluation.questions import read_questions
from indexer.errors import ServerError

PROCESSORS = 2
QUARTERS = 4
_PATIENCE = 60.0  # seconds after which an answer counts as an error
_START = 120.0  # seconds that the server may need until its first page is there


@dataclass(slots=True)
class Load:
    """What came of the questions.

    Attributes:
        waited: seconds that each answer took, as the person who asked saw it.
        errors: how often each thing went wrong.
        memory: resident bytes of the server at the beginning and after each quarter.
    """

    waited: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)


async def put_under_load(address: str, process: int, people: int, seconds: float, questions: Sequence[str]) -> Load:
    """Lets people ask for some time.

    Args:
        address: of the server, without a slash at its end.
        process: the server's process.
        people: how many ask at once.
        seconds: for how long questions are begun.
        questions: what they ask, each of them beginning elsewhere.
    """
    load = Load()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=_PATIENCE, limits=limits) as client:
        config = (await client.get("/config")).json()
        asking = next(event["id"] for event in config["dependencies"] if event["api_name"] == "ask")
        end = time.monotonic() + seconds
        tasks = []
        for person in range(people):
            first = person * len(questions) // people
            own = [*questions[first:], *questions[:first]]
            tasks.append(asyncio.create_task(_person(client, asking, own, end, load)))
        for quarter in range(QUARTERS + 1):
            await asyncio.sleep(max(0.0, end - seconds * (1 - quarter / QUARTERS) - time.monotonic()))
            load.memory.append(resident_bytes(process))
        await asyncio.gather(*tasks)
    return load


async def _person(client: httpx.AsyncClient, asking: int, questions: Sequence[str], end: float, load: Load) -> None:
    session = uuid.uuid4().hex
    asked = 0
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            async with asyncio.timeout(_PATIENCE):
                error = await _ask(client, asking, session, questions[asked % len(questions)])
        except (TimeoutError, httpx.HTTPError, ValueError) as failure:
            error = type(failure).__name__
        asked += 1
        if error:
            load.errors[error] += 1
        else:
            load.waited.append(time.monotonic() - began)


async def _ask(client: httpx.AsyncClient, asking: int, session: str, question: str) -> str:
    """Asks as the page does; gives what went wrong, or nothing."""
    work: dict[str, Any] = {"data": [question, [], [], [], None], "fn_index": asking, "session_hash": session}
    joined = await client.post("/gradio_api/queue/join", json=work)
    if joined.status_code != httpx.codes.OK:
        return f"HTTP {joined.status_code}"
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
        async for line in events.aiter_lines():
            event = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
            if event.get("msg") == "process_completed":
                shown = str(event["output"].get("data", [""])[0])
                return "" if event["success"] and 'id="yanit-' in shown and "ks-message" not in shown else "no answer"
    return "no event"


def resident_bytes(process: int) -> int:
    """The memory of a process that is not swapped out, in bytes (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


@contextmanager
def server(index: Path | None) -> Iterator[tuple[str, int]]:
    """Starts ``kentesor serve`` on two processors; gives its address and its process.

    Raises:
        ServerError: it ended, or its first page was not there in time.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--requests-a-minute", "0"]
    command += ["--index", str(index)] if index else []
    processors = sorted(os.sched_getaffinity(0))[:PROCESSORS]
    with subprocess.Popen(command) as process:
        os.sched_setaffinity(process.pid, processors)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process)
            yield address, process.pid
        finally:
            process.terminate()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        if process.poll() is not None:
            raise ServerError(f"kentesor serve {process.returncode} ile bitti.")
        try:
            if httpx.get(address, timeout=_START).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise ServerError(f"kentesor serve {_START:.0f} saniyede açılmadı.")


def told(load: Load, people: int, seconds: float) -> str:
    """What came of the questions, in lines."""
    waited = sorted(load.waited) or [float("nan")]
    percentile = waited[min(len(waited) - 1, int(0.95 * len(waited)))]
    errors = ", ".join(f"{name}: {count}" for name, count in load.errors.most_common()) or "none"
    memory = " → ".join(f"{size / 2**20:.0f}" for size in load.memory)
    return (
        f"{people} people for {seconds:.0f} s on {PROCESSORS} processors: {len(load.waited)} answers, "
        f"{len(load.waited) / seconds:.1f} a second\n"
        f"errors: {errors}\n"
        f"latency: median {statistics.median(waited):.2f} s, 95th percentile {percentile:.2f} s, "
        f"longest {waited[-1]:.2f} s\n"
        f"memory at each quarter: {memory} MiB"
    )


def main() -> None:
    """Starts a server, lets people ask, prints what came of it; the status tells whether there were errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--index", type=Path, help="the index; by default KENTESOR_INDEX")
    options = parser.parse_args()
    questions = [question.question for question in read_questions()]
    with server(options.index) as (address, process):
        load = asyncio.run(put_under_load(address, process, options.people, options.seconds, questions))
    print(told(load, options.people, options.seconds))
    sys.exit(1 if load.errors or not load.waited else 0)


if __name__ == "__main__":
    main()
