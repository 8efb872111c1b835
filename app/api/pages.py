"""What a document looks like, over HTTP: the pictures of its pages, and its file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated, Any, BinaryIO, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.api.documents import Id, attached, document_of
from app.api.errors import RESPONSES, UNKNOWN_DOCUMENT, UnknownPageError
from app.api.models import PageModel
from app.api.working import work
from app.pages import MEDIA_TYPE, PagePictures, find_sheet, may_have_file
from qa.engine import Engine

Number = Annotated[int, Path(ge=1, le=10**6, description="Its place in the file.")]
router = APIRouter(prefix="/documents", tags=["documents"], responses=RESPONSES | UNKNOWN_DOCUMENT)

_MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OTHER_TYPE: Final = "application/octet-stream"  # a web page of somebody else is to be kept, not to be run here
_PIECE: Final = 256 * 1024
# A visitor's browser asks each time whether the picture still is the one: a document that was removed is not shown on.
_KEPT: Final = "private, no-cache"
_PICTURE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA_TYPE: {}}, "description": "The picture."},
    304: {"description": "The picture is still the one of the request's If-None-Match."},
}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {_OTHER_TYPE: {}}, "description": "The file."},
}


@router.get(
    "/{document:path}/pages/{page}.webp",
    response_class=Response,
    responses=_PICTURE,
    summary="A page of a PDF as a picture",
)
async def picture(request: Request, document: Id, page: Number) -> Response:
    """A page as a WebP picture, for the `boxes` of citations; what is masked in the text is blacked out."""

    def drawn(engine: Engine) -> Response:
        document_of(engine, document)
        sheet = find_sheet(engine.index, document, page)
        if sheet is None:
            raise _no_page(document, page)
        headers = {"ETag": f'"{sheet.tag}"', "Cache-Control": _KEPT}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        pictures: PagePictures = request.app.state.pictures
        return Response(pictures.picture(sheet), media_type=MEDIA_TYPE, headers=headers)

    response: Response = await request.app.state.drawing.work(drawn)
    return response


@router.get("/{document:path}/pages/{page}", response_model=PageModel, summary="The size of a page of a PDF")
async def page_size(request: Request, document: Id, page: Number) -> Response:
    """How wide and high a page is: by that the `boxes` of citations are found on its picture, however large it is."""

    def told(engine: Engine) -> Response:
        document_of(engine, document)
        layout = engine.index.store.page_layout(document, page)
        if layout is None:
            raise _no_page(document, page)
        return JSONResponse({"page": page, "width": layout.width, "height": layout.height})

    return await work(request, told)


@router.get("/{document:path}/file", response_class=Response, responses=_FILE, summary="Download the file")
async def file(request: Request, document: Id) -> Response:
    """The file that a document was read from, where it is not plain text and no personal data is masked in it."""

    def found(engine: Engine) -> Response:
        held = document_of(engine, document)
        path = engine.index.original(document) if may_have_file(engine.index, held) else None
        try:
            opened = None if path is None else path.open("rb")
        except OSError:  # its generation was taken away a moment ago, or the disk fails
            opened = None
        if opened is None:
            raise UnknownPageError(f"{document}: bu belgenin dosyası verilmiyor; metnini indirebilirsiniz.")
        headers = attached(PurePosixPath(held.source.file).name)
        headers["Content-Length"] = str(os.fstat(opened.fileno()).st_size)
        kind = _MEDIA_TYPES.get(held.format, _OTHER_TYPE)
        return StreamingResponse(_pieces(opened), media_type=kind, headers=headers)

    response: Response = await request.app.state.drawing.work(found)
    return response


def _pieces(opened: BinaryIO) -> Iterator[bytes]:
    """What an open file holds; it is given whole, even where its name is taken away meanwhile."""
    with opened:
        while piece := opened.read(_PIECE):
            yield piece


def _no_page(document: str, page: int) -> UnknownPageError:
    return UnknownPageError(f"{document}: {page}. sayfanın resmi yok; belgenin metnini okuyabilirsiniz.")
