"""The promises of a view as files: ``/api/v1/commitments.csv`` and ``/api/v1/commitments.xlsx``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.api.errors import RESPONSES
from app.api.working import work
from app.promises.judging import State
from app.promises.records import LivePromises
from app.promises.view import LONGEST_QUERY, Row, View, select
from app.web.promises.export import csv_file, xlsx_file
from app.web.texts import Texts, texts_of
from indexer.records import Document
from qa.engine import Engine
from qa.records import Language

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV: Final = "text/csv; charset=utf-8"
_Write = Callable[[Texts, Sequence[Row], Mapping[str, Document]], bytes]


class Choice(BaseModel):
    """What is chosen, by the names that the page of promises has in its address; what is empty chooses all."""

    m: list[str] = Field([], description="municipalities, by their full names", max_length=50)
    g: list[str] = Field([], description="strategic goals, by the ids that the page has in its address", max_length=50)
    u: list[str] = Field([], description="responsible units, as printed", max_length=50)
    y: list[int] = Field([], description="years that something was planned for", max_length=50)
    s: list[State] = Field([], description="whether the target was reached", max_length=4)
    q: str = Field("", description="words that all stand in the promise, its goal or unit", max_length=LONGEST_QUERY)
    o: str = Field(
        "",
        description="the column to sort by, with a minus before it when descending",
        pattern="^(-?(label|municipality|year|state|deviation))?$",
    )
    lang: Language = Field("tr", description="of the heads, and of decimal marks and delimiters in CSV")

    def view(self) -> View:
        """The view on the promises."""
        return View(self.q, tuple(self.m), tuple(self.g), tuple(self.u), tuple(self.y), tuple(self.s), self.o)


def commitments_router() -> APIRouter:
    """The routes of the files."""
    router = APIRouter(tags=["facts"], responses=RESPONSES)
    promises = LivePromises()

    async def file(request: Request, choice: Choice, write: _Write, kind: str, media: str) -> Response:
        def made(engine: Engine) -> Response:
            texts = texts_of(choice.lang)
            content = write(texts, select(promises.of(engine.index), choice.view()), engine.index.documents)
            name = f'attachment; filename="{texts("promises.file")}.{kind}"'
            return Response(content, media_type=media, headers={"Content-Disposition": name})

        return await work(request, made)

    @router.get(
        "/commitments.csv",
        response_class=Response,
        responses={200: {"content": {"text/csv": {}}}},
        summary="Take commitments away as CSV",
    )
    async def commitments_csv(request: Request, choice: Annotated[Choice, Query()]) -> Response:
        """The promises as CSV, a line each: UTF-8 with a byte order mark, semicolons between the columns."""
        return await file(request, choice, csv_file, "csv", _CSV)

    @router.get(
        "/commitments.xlsx",
        response_class=Response,
        responses={200: {"content": {_XLSX: {}}}},
        summary="Take commitments away as a workbook",
    )
    async def commitments_xlsx(request: Request, choice: Annotated[Choice, Query()]) -> Response:
        """The promises as a workbook for spreadsheets, a row each, with numbers as numbers."""
        return await file(request, choice, xlsx_file, "xlsx", _XLSX)

    return router
