"""What users thought of answers, kept in a file on this machine where its operator has switched that on."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

from indexer.errors import StorageError, reason_of
from qa.records import Answer

Verdict = Literal["up", "down"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
LONGEST_COMMENT: Final = 1_000
"""Characters of a comment that are kept."""

_LONGEST_TEXT = 1_000  # characters of a question and of an answer that are kept
_LARGEST_FILE = 20_000_000  # bytes


class Feedback:
    """Appends one line of JSON for each opinion to ``feedback.jsonl`` in a folder.

    A line holds the day, the verdict, the comment, the question and the answer; nothing of who gave it.

    Args:
        folder: is made where it is not there.
        largest: bytes that the file may grow to; what comes then is not kept.

    Raises:
        StorageError: the folder cannot be made or written to.
    """

    def __init__(self, folder: Path, largest: int = _LARGEST_FILE) -> None:
        self.file = folder / "feedback.jsonl"
        self._largest = largest
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.file.open("a").close()
        except OSError as error:
            raise StorageError(
                f"{self.file}: görüşler yazılamıyor ({reason_of(error)}). --feedback ile yazılabilen bir klasör verin."
            ) from error

    def keep(self, verdict: Verdict, answer: Answer, comment: str = "", day: date | None = None) -> bool:
        """Keeps an opinion.

        Args:
            verdict: whether the answer helped.
            answer: the answer.
            comment: what the user wrote on it; what is longer than ``LONGEST_COMMENT`` is cut.
            day: today by default.

        Returns:
            Whether it was kept: the file is not full and could be written.
        """
        line = json.dumps(
            {
                "day": (day or date.today()).isoformat(),
                "verdict": verdict,
                "comment": comment.strip()[:LONGEST_COMMENT],
                "question": answer.question[:_LONGEST_TEXT],
                "status": answer.status,
                "answer": answer.text[:_LONGEST_TEXT],
            },
            ensure_ascii=False,
        )
        # A lone half of a surrogate pair, which a browser can send, is no text that a file can hold.
        content = f"{line}\n".encode("utf-8", "replace")
        with self._lock:
            try:
                if self.file.stat().st_size + len(content) > self._largest:
                    return False
                with self.file.open("ab") as stream:
                    stream.write(content)
            except OSError:
                return False
        return True
