"""Facts and commitments over HTTP: the values of the tables, found, narrowed down and taken away."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.openapi.models import Example
from fastapi.responses import JSONResponse

from app.api.asking import Documents, Municipalities, Years
from app.api.errors import RESPONSES
from app.api.models import CommitmentsModel, FactsModel, Form
from app.api.working import work
from app.facts import facts_csv
from app.filters import fact_filter_of, filters_of
from app.objects import commitment_object, fact_object, find_commitments
from indexer.fact_search import find_facts
from indexer.records import Measure
from qa.engine import Engine

router = APIRouter(tags=["facts"], responses=RESPONSES)

_MOST = 1000  # of one response in JSON; CSV gives all
_EXAMPLE: dict[str, Example] = {"asphalt": {"value": "sıcak asfalt"}}
About = Annotated[
    str | None, Query(description="What it is about, however it is typed; all without.", openapi_examples=_EXAMPLE)
]
Limit = Annotated[int | None, Query(ge=1, description=f"How many at most; in JSON no more than {_MOST}.")]
Offset = Annotated[int, Query(ge=0, description="How many to leave out at the beginning.")]


@router.get(
    "/facts",
    response_model=FactsModel,
    responses={200: {"content": {"text/csv": {}}, "description": "Facts as JSON, or as CSV with all of them."}},
    summary="Find facts",
)
async def facts(
    request: Request,
    q: About = None,
    municipalities: Municipalities = [],  # noqa: B006
    documents: Documents = [],  # noqa: B006
    years: Years = [],  # noqa: B006
    measures: Annotated[list[Measure], Query(alias="measure", description="Only this one.")] = [],  # noqa: B006
    units: Annotated[list[str], Query(alias="unit", description='Only this one, as "ton", "TL" or "%".')] = [],  # noqa: B006
    limit: Limit = None,
    offset: Offset = 0,
    form: Annotated[Form, Query(alias="format", description="CSV has the same fields.")] = "json",
) -> Response:
    """The values that were read from tables, each with its meaning and its place."""

    def found(engine: Engine) -> Response:
        only = fact_filter_of(engine.sources(), municipalities, years, documents, measures, units)
        every = find_facts(engine.index.facts, q, only)
        held = engine.index.documents
        if form == "csv":
            last = None if limit is None else offset + limit
            headers = {"Content-Disposition": 'attachment; filename="facts.csv"'}
            return Response(facts_csv(every[offset:last], held), media_type="text/csv; charset=utf-8", headers=headers)
        some = every[offset : offset + min(limit or _MOST, _MOST)]
        return JSONResponse(
            {"total": len(every), "offset": offset, "facts": [fact_object(fact, held) for fact in some]}
        )

    return await work(request, found)


@router.get("/commitments", response_model=CommitmentsModel, summary="Find commitments")
async def commitments(
    request: Request,
    q: About = None,
    municipalities: Municipalities = [],  # noqa: B006
    documents: Documents = [],  # noqa: B006
    years: Years = [],  # noqa: B006
    limit: Limit = None,
    offset: Offset = 0,
) -> Response:
    """What was aimed at and what became of it: the facts about one indicator over years and documents."""

    def found(engine: Engine) -> Response:
        chosen = filters_of(engine.sources(), municipalities, years, documents)
        every = find_commitments(engine.index.commitments, q, chosen)
        some = every[offset : offset + min(limit or _MOST, _MOST)]
        told = [commitment_object(commitment, engine.index.documents) for commitment in some]
        return JSONResponse({"total": len(every), "offset": offset, "commitments": told})

    return await work(request, found)
