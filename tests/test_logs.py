"""The log: one line a record in one form, and nothing in it that a visitor has typed unless that is switched on."""

from __future__ import annotations

import json
import logging
import warnings

import pytest

from app.logs import FIELDS, logging_to_standard_error, request_id
from app.settings import Settings

SECRET = "Komşum Ayşe Hanım'ın borcu"


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(f"asked: {SECRET}") from error


def log_much() -> None:
    logger = logging.getLogger("app.test")
    logger.info("opened\nin two lines\x1b[31m", extra={FIELDS: {"generation": "000007"}})
    logger.debug("too little to tell")
    logging.getLogger("somebody.else").info("a library talks")
    token = request_id.set("abc-1")
    try:
        fail()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("went wrong")
    finally:
        request_id.reset(token)


def test_each_record_is_one_json_object_without_what_a_visitor_typed(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_standard_error(Settings(log_format="json", log_level="info")):
        log_much()
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings.warn("old", DeprecationWarning, stacklevel=1)
    log_much()  # afterwards nothing is written any more
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [record["logger"] for record in told] == ["app.test", "uvicorn.error", "py.warnings"]
    opened, wrong, _ = told
    assert opened["message"] == "opened\nin two lines\x1b[31m" and opened["generation"] == "000007"
    assert list(opened)[:4] == ["time", "level", "logger", "message"] and opened["time"].endswith("+00:00")
    assert "request" not in opened and wrong["request"] == "abc-1" and wrong["level"] == "error"
    assert "ValueError" in wrong["exception"] and "KeyError" in wrong["exception"] and "fail" in wrong["exception"]
    assert "Ayşe" not in json.dumps(told, ensure_ascii=False)


def test_text_is_one_line_as_well_and_tells_questions_only_when_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to_standard_error(Settings(log_level="info", log_questions=True)):
        log_much()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2 and "\x1b" not in lines[0] and r"opened\nin two lines" in lines[0]
    assert lines[0].endswith('{"generation": "000007"}') and "Ayşe" in lines[1]


def test_the_level_is_put_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = [logging.getLogger(name).level for name in ("app", "uvicorn", "kentesor.questions", "")]
    with logging_to_standard_error(Settings(log_level="error")):
        logging.getLogger("app.test").warning("not told")
        assert logging.getLogger("app.test").getEffectiveLevel() == logging.ERROR
    assert [logging.getLogger(name).level for name in ("app", "uvicorn", "kentesor.questions", "")] == before
    assert capsys.readouterr().err == ""
