"""Virtual environments of the peers, made once from pinned requirements and kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from filelock import FileLock, Timeout

from indexer.encoding.cache import cache_folder
from indexer.errors import PeerError, StorageError, reason_of

_STAMP = "requirements.sha256"
_LOCK_SECONDS = 3600  # longer than the slowest download; a lock held for longer belongs to a process that hangs

_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUNBUFFERED": "1",
}

Execute = Callable[[Sequence[str], Mapping[str, str], TextIO], int]
"""Runs a command with these variables, its output to this file; gives its exit status."""


def execute(command: Sequence[str], variables: Mapping[str, str], log: TextIO) -> int:
    """Runs a command to its end; an :data:`Execute`."""
    log.flush()
    done = subprocess.run(
        command, env=dict(variables), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode


def variables(offline: bool) -> dict[str, str]:
    """The environment variables of a peer's process: ours, without our paths; offline where it is not an install."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return ours | (_OFFLINE if offline else {})


@dataclass(frozen=True, slots=True)
class Environment:
    """A peer's virtual environment.

    Attributes:
        folder: where it is, or will be.
        requirements: pip's requirements file; where it changes, the environment is made anew.
    """

    folder: Path
    requirements: Path

    @classmethod
    def of(cls, peer: str) -> Environment:
        """The environment of a peer, in the cache."""
        return cls(cache_folder() / "peers" / peer, Path(__file__).with_name(f"requirements-{peer}.txt"))

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def ready(self) -> bool:
        """Whether it was made to its end from these requirements."""
        try:
            return self.python.exists() and (self.folder / _STAMP).read_text() == self._digest()
        except OSError:
            return False

    def commands(self) -> list[list[str]]:
        """What makes it: our pip installs into it, so it needs none of its own, and downloads are shared."""
        install = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        return [
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(self.folder)],
            [*install, "--no-input", "--progress-bar", "off", "--requirement", str(self.requirements)],
        ]

    def ensure(self, log: TextIO, run: Execute = execute) -> None:
        """Makes it where it is not ready.

        Args:
            log: where the commands' output goes.
            run: what executes a command.

        Raises:
            PeerError: a command failed; the log says why. Or another process holds the lock for too long.
            StorageError: the cache folder cannot be written.
        """
        if self.ready:
            return
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder.with_name(self.folder.name + ".lock"), timeout=_LOCK_SECONDS):
                if self.ready:  # another process made it while this one waited
                    return
                for command in self.commands():
                    if run(command, variables(offline=False), log) != 0:
                        raise PeerError(f"sanal ortam kurulamadı: {self.folder}")
                (self.folder / _STAMP).write_text(self._digest())
        except Timeout as error:
            raise PeerError(f"sanal ortamı başka bir süreç kuruyor: {self.folder}") from error
        except OSError as error:
            raise StorageError(f"{self.folder}: yazılamıyor ({reason_of(error)})") from error

    def _digest(self) -> str:
        made_with = f"{sys.version_info.major}.{sys.version_info.minor}\n".encode()
        return hashlib.sha256(made_with + self.requirements.read_bytes()).hexdigest()
