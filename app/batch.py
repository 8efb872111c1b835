"""Answers a file of questions, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.errors import InputError, StorageError, reason_of
from qa.engine import Engine
from qa.records import Answer
from qa.serialise import answer_object


def answer_batch(engine: Engine, questions: Path, answers: Path, progress: Callable[[str, int, int], None]) -> None:
    """Reads ``{"id", "question", "history"?}`` a line and writes an answer a line with the same ``id``.

    A question that cannot be worked on (empty, too long) gets an abstained answer that says so; the file of answers
    appears only when all are written.

    Raises:
        InputError: the file of questions is missing or a line is not as above.
        StorageError: the answers cannot be written.
    """
    lines = _read(questions)
    fresh = answers.with_name(answers.name + ".new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            for done, line in enumerate(lines, 1):
                answer = _answer(engine, line)
                file.write(json.dumps(answer_object(answer, line["id"]), ensure_ascii=False) + "\n")
                progress("answering", done, len(lines))
        fresh.replace(answers)
    except OSError as error:
        raise StorageError(
            f"{answers}: yanıtlar yazılamadı ({reason_of(error)}). --output ile yazılabilen başka bir dosya verin."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


def _answer(engine: Engine, line: dict[str, Any]) -> Answer:
    try:
        return engine.ask(line["question"], line.get("history") or ())
    except InputError as error:
        return Answer(question=line["question"], status="abstained", text=str(error), confidence=0.0)


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InputError(f"{path}: böyle bir dosya yok.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: okunamıyor; UTF-8 kodlu bir JSONL dosyası verin.") from error
    lines = []
    for number, text in enumerate(content.split("\n"), 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except ValueError as error:
            raise InputError(f"{path}:{number}: satır geçerli bir JSON nesnesi değil.") from error
        if not (isinstance(line, dict) and isinstance(line.get("id"), str) and isinstance(line.get("question"), str)):
            raise InputError(f'{path}:{number}: satırda "id" ve "question" metin olarak bulunmalı.')
        history = line.get("history") or []
        if not (isinstance(history, list) and all(isinstance(earlier, str) for earlier in history)):
            raise InputError(f'{path}:{number}: "history" önceki soruların listesi olmalı.')
        lines.append(line)
    return lines
