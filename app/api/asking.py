"""Asking and searching over HTTP: the engine's own JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field

from app.api.errors import RESPONSES
from app.api.models import LONGEST_HISTORY, AnswerModel, AskModel, FilterModel, PassagesModel
from app.api.working import work
from app.filters import filters_of
from qa.engine import Engine
from qa.serialise import answer_object, hit_object

router = APIRouter(tags=["ask"], responses=RESPONSES)

Asked = Annotated[
    str,
    Query(description="In Turkish or English.", openapi_examples={"target": {"value": "2024 asfalt hedefi nedir?"}}),
]
Municipalities = Annotated[
    list[str], Query(alias="municipality", description="Only this one; its beginning will do, in any casing.")
]
Documents = Annotated[list[str], Query(alias="document", description="Only this one, by its id.")]
Years = Annotated[list[int], Query(alias="year", description="Only this one.")]


@router.post("/ask", response_model=AnswerModel, summary="Ask a question")
async def ask(request: Request, asked: AskModel) -> Response:
    """The answer to a question, every figure with the place in the document that states it.

    A question that the documents do not answer gives `"status": "abstained"` with the nearest passages.
    """
    return await work(request, lambda engine: _answer(engine, asked))


@router.get("/ask", response_model=AnswerModel, summary="Ask a question by its address")
async def ask_by_address(
    request: Request,
    q: Asked,
    history: Annotated[
        list[str], Field(max_length=LONGEST_HISTORY), Query(description="Earlier questions, oldest first.")
    ] = [],  # noqa: B006
    municipalities: Municipalities = [],  # noqa: B006
    documents: Documents = [],  # noqa: B006
    years: Years = [],  # noqa: B006
) -> Response:
    """The same as a POST; the address can be kept and shared."""
    chosen = FilterModel(municipalities=municipalities, documents=documents, years=years)
    return await work(request, lambda engine: _answer(engine, AskModel(question=q, history=history, filters=chosen)))


@router.get("/search", response_model=PassagesModel, summary="Search for passages")
async def search(
    request: Request,
    q: Asked,
    k: Annotated[int, Query(ge=1, le=100, description="How many passages at most.")] = 10,
    municipalities: Municipalities = [],  # noqa: B006
    documents: Documents = [],  # noqa: B006
    years: Years = [],  # noqa: B006
) -> Response:
    """The passages that fit a query best, without an answer."""

    def found(engine: Engine) -> Response:
        filters = filters_of(engine.sources(), municipalities, years, documents)
        return JSONResponse({"query": q, "passages": [hit_object(hit) for hit in engine.search(q, k, filters)]})

    return await work(request, found)


def _answer(engine: Engine, asked: AskModel) -> Response:
    chosen = asked.filters
    filters = filters_of(engine.sources(), chosen.municipalities, chosen.years, chosen.documents)
    return JSONResponse(answer_object(engine.ask(asked.question, asked.history, filters)))
