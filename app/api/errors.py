"""Every refusal of the interface for programs is ``{"error": …}`` with a status that says whose turn it is."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.api.models import ErrorModel
from app.api.working import BusyError
from app.pages import DrawingError
from app.web.refusals import note_refusal
from app.web.texts import Texts, texts_of
from indexer.errors import EncoderError, IndexUnusableError, InputError

RETRY_SECONDS = 10
RESPONSES: dict[int | str, dict[str, Any]] = {
    422: {"model": ErrorModel, "description": "The request cannot be worked on."},
    429: {"model": ErrorModel, "description": "Too many requests of this client; see Retry-After."},
    503: {"model": ErrorModel, "description": "Busy, or the index cannot be used now; see Retry-After."},
}
"""What each operation may answer besides, for the OpenAPI page."""

UNKNOWN_DOCUMENT: dict[int | str, dict[str, Any]] = {
    404: {"model": ErrorModel, "description": "The index holds no such document."}
}


class UnknownDocumentError(InputError):
    """The index holds no document of that id."""


class UnknownPageError(UnknownDocumentError):
    """A document has no such page, or none that can be shown."""


def language_of(request: Request) -> Texts:
    """The texts in which a program is answered: English where it prefers that, else Turkish."""
    return texts_of("en" if request.headers.get("accept-language", "").casefold().startswith("en") else "tr")


def tell_errors(application: FastAPI) -> None:
    """Makes each exception a response."""

    def unusable(_: Request, error: Exception) -> Response:
        return _refusal(503, str(error))

    def unknown_document(_: Request, error: Exception) -> Response:
        return _refusal(404, str(error))

    def wrong_input(_: Request, error: Exception) -> Response:
        return _refusal(422, str(error))

    def busy(request: Request, _: Exception) -> Response:
        note_refusal(request.scope, "queue")
        return _refusal(503, language_of(request)("shell.busy"))

    def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return _refusal(422, language_of(request)("api.invalid", fields=_fields(error)))

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        name = {404: "api.unknown_address", 405: "api.wrong_method"}.get(error.status_code)
        text = language_of(request)(name) if name else str(error.detail)
        return JSONResponse({"error": text}, error.status_code, error.headers)

    def unexpected(request: Request, _: Exception) -> Response:
        return _refusal(500, language_of(request)("api.unexpected"))

    application.add_exception_handler(IndexUnusableError, unusable)
    application.add_exception_handler(EncoderError, unusable)
    application.add_exception_handler(UnknownDocumentError, unknown_document)
    application.add_exception_handler(DrawingError, unknown_document)
    application.add_exception_handler(InputError, wrong_input)
    application.add_exception_handler(BusyError, busy)
    application.add_exception_handler(RequestValidationError, invalid)
    application.add_exception_handler(HTTPException, refused)
    application.add_exception_handler(Exception, unexpected)


def _refusal(status: int, message: str) -> Response:
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else None
    return JSONResponse({"error": message}, status, headers)


def _fields(error: RequestValidationError) -> str:
    """The fields that are wrong, each with the kind of its fault; what was given is not repeated."""
    faults = []
    for fault in error.errors():
        place = () if fault["type"] == "json_invalid" else fault["loc"][1:]  # else the position in the body
        faults.append(f"{'.'.join(map(str, place)) or 'body'} ({fault['type']})")
    return ", ".join(dict.fromkeys(faults))
