"""Documents over HTTP: what is held, its text, its lines and its tables."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse

from app.api.errors import RESPONSES, UNKNOWN_DOCUMENT, UnknownDocumentError
from app.api.models import DocumentModel, DocumentsModel, LinesModel, TablesModel
from app.api.working import work
from app.objects import counts_of, document_object, lines_object
from indexer.records import Document
from qa.engine import Engine
from qa.serialise import table_object

router = APIRouter(prefix="/documents", tags=["documents"], responses=RESPONSES)

MOST_LINES = 1000
_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"example": "İZMİR BÜYÜKŞEHİR BELEDİYESİ\n"}}, "description": "The text."}
}
Id = Annotated[str, Path(description="The document's id.")]


@router.get("", response_model=DocumentsModel, summary="List the documents")
async def documents(request: Request) -> Response:
    """All documents of the index by id, with how much was read in each."""

    def listed(engine: Engine) -> Response:
        counts = counts_of(engine.index)
        held = [document_object(document, counts[name]) for name, document in engine.index.documents.items()]
        return JSONResponse({"documents": held})

    return await work(request, listed)


# An id may hold slashes: the longer addresses come first.
@router.get(
    "/{document:path}/text", response_class=Response, responses=UNKNOWN_DOCUMENT | _TEXT, summary="Download the text"
)
async def text(request: Request, document: Id) -> Response:
    """The text of a document as a file: a text file byte for byte, else what was read in it.

    Offsets of citations count its characters.
    """

    def downloaded(engine: Engine) -> Response:
        held = document_of(engine, document)
        name = PurePosixPath(held.source.file)
        shown = name.name if held.format == "text" else f"{name.stem}.txt"
        return Response(held.text.encode(), media_type="text/plain; charset=utf-8", headers=attached(shown))

    return await work(request, downloaded)


@router.get("/{document:path}/lines", response_model=LinesModel, responses=UNKNOWN_DOCUMENT, summary="Read some lines")
async def lines(
    request: Request,
    document: Id,
    first: Annotated[int, Query(alias="from", ge=1, description="Number of the first line.")] = 1,
    last: Annotated[
        int | None, Query(alias="to", ge=1, description=f"Number of the last line; {MOST_LINES} lines at most.")
    ] = None,
) -> Response:
    """Lines of a document exactly as written, as those around a citation."""
    furthest = first + MOST_LINES - 1
    end = furthest if last is None else min(furthest, last)
    return await work(request, lambda engine: JSONResponse(lines_object(document_of(engine, document), first, end)))


@router.get(
    "/{document:path}/tables", response_model=TablesModel, responses=UNKNOWN_DOCUMENT, summary="Read the tables"
)
async def tables(request: Request, document: Id) -> Response:
    """The tables of a document in reading order; cells as written, an empty one is null."""

    def read(engine: Engine) -> Response:
        held = document_of(engine, document)
        found = [table_object(held, table) for table in engine.index.tables(document)]
        return JSONResponse({"document": document, "tables": found})

    return await work(request, read)


@router.get("/{document:path}", response_model=DocumentModel, responses=UNKNOWN_DOCUMENT, summary="One document")
async def document(request: Request, document: Id) -> Response:
    """What the catalogue says of a document, and how much was read in it."""

    def told(engine: Engine) -> Response:
        held = document_of(engine, document)
        return JSONResponse(document_object(held, counts_of(engine.index)[document]))

    return await work(request, told)


def attached(name: str) -> dict[str, str]:
    """The header that makes a response a file of this name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def document_of(engine: Engine, name: str) -> Document:
    """The document of that id.

    Raises:
        UnknownDocumentError: the index holds none.
    """
    held = engine.index.documents
    if name not in held:
        raise UnknownDocumentError(f"{name}: dizinde böyle bir belge yok. Olanlar: {', '.join(held)}")
    return held[name]
