"""The interface for programs: the engine's own JSON over HTTP, described without gaps, and refusals that say why."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import html
import io
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import httpx
import pytest
from fastapi import FastAPI, Response
from pydantic import BaseModel

from app.api import api_application, models
from app.api.working import BusyError, Workshop
from app.live import LiveEngine
from app.web.policy import POLICY
from indexer.errors import EncoderError, IndexDamagedError
from qa.engine import Engine
from qa.question import MAX_LENGTH
from qa.serialise import answer_object, hit_object, table_object

QUESTION = "2024 asfalt hedefi nedir?"
IZMIR, KARS = "izmir-2024-performans", "kars-2024-faaliyet"


def request(application: FastAPI, method: str, path: str, **options: Any) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(send())


@pytest.fixture(scope="module")
def application(engine: Engine) -> FastAPI:
    return api_application(LiveEngine.of(engine))


@pytest.fixture(scope="module")
def get(application: FastAPI) -> Callable[..., httpx.Response]:
    return lambda path, **query: request(application, "GET", path, params=query or None)


def fitting(model: type[BaseModel], response: httpx.Response) -> dict[str, Any]:
    """The JSON of a response, which has exactly the fields that the OpenAPI page promises."""
    assert response.status_code == 200, response.text
    given: dict[str, Any] = response.json()
    model.model_validate_json(response.content, strict=True)
    return given


def test_an_answer_is_the_engines_own_json(application: FastAPI, get, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    expected = {**answer_object(engine.ask(QUESTION)), "timings_ms": {}}
    posted = fitting(models.AnswerModel, request(application, "POST", "/v1/ask", json={"question": QUESTION}))
    addressed = fitting(models.AnswerModel, get("/v1/ask", q=QUESTION))
    assert {**posted, "timings_ms": {}} == expected == {**addressed, "timings_ms": {}}
    figure, citation = posted["figures"][0], posted["citations"][0]
    assert figure["value"] == 1100000 and figure["text"] in citation["quote"]


def test_a_computed_figure_and_a_refusal_are_described_as_well(get) -> None:  # type: ignore[no-untyped-def]
    computed = fitting(models.AnswerModel, get("/v1/ask", q="2020'de asfalt kaplama hedefinin yüzde kaçı gerçekleşti?"))
    assert any(figure["computed"] for figure in computed["figures"])
    refused = fitting(models.AnswerModel, get("/v1/ask", q="2024 Ankara metro hattı uzunluğu nedir?"))
    assert refused["status"] == "abstained" and refused["passages"]


def test_history_and_filters_are_handed_on(application: FastAPI, get, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    body = {"question": "Peki 2023 hedefi?", "history": [QUESTION], "filters": {"municipalities": ["İZMİR"]}}
    posted = fitting(models.AnswerModel, request(application, "POST", "/v1/ask", json=body))
    assert posted["figures"][0]["year"] == 2023
    addressed = fitting(models.AnswerModel, get("/v1/ask", q=body["question"], history=QUESTION, municipality="izmir"))
    assert addressed["figures"] == posted["figures"]
    only = fitting(models.PassagesModel, get("/v1/search", q="bütçe", k=5, document=KARS))
    assert len(only["passages"]) == 5 and {passage["document"] for passage in only["passages"]} == {KARS}
    hits = engine.search("sokak hayvanı", 3)
    assert get("/v1/search", q="sokak hayvanı", k=3).json()["passages"] == [hit_object(hit) for hit in hits]


def test_documents_are_told_with_true_counts(get, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    listed = fitting(models.DocumentsModel, get("/v1/documents"))["documents"]
    assert [document["id"] for document in listed] == list(engine.index.documents)
    one = fitting(models.DocumentModel, get(f"/v1/documents/{IZMIR}"))
    assert one in listed and one["municipality"] == "İzmir Büyükşehir Belediyesi" and one["year"] == 2024
    tables = engine.index.tables(IZMIR)
    assert one["counts"]["tables"] == len(tables)
    assert one["counts"]["ambiguous_rows"] == sum(row.ambiguous for table in tables for row in table.rows)
    for name in ("passages", "facts"):
        whole = sum(document["counts"][name] for document in listed)
        assert whole == len(getattr(engine.index, name)), name


def test_the_text_is_the_very_file_that_was_indexed(get, engine: Engine, corpora: Path) -> None:  # type: ignore[no-untyped-def]
    for name, document in engine.index.documents.items():
        response = get(f"/v1/documents/{name}/text")
        assert response.content == (corpora / document.source.file).read_bytes()
        assert hashlib.sha256(response.content).hexdigest() == document.source.sha256
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.headers["content-disposition"] == f"attachment; filename*=UTF-8''{document.source.file}"


def test_lines_stand_where_citations_say(get) -> None:  # type: ignore[no-untyped-def]
    citation = get("/v1/ask", q=QUESTION).json()["citations"][0]
    address = f"/v1/documents/{citation['document']}/lines"
    lines = fitting(models.LinesModel, get(address, **{"from": citation["line_start"], "to": citation["line_end"]}))
    shift = lines["start"]
    assert lines["text"][citation["start"] - shift : citation["end"] - shift] == citation["quote"]
    assert lines["page"] == citation["page"]
    most = fitting(models.LinesModel, get(address))
    assert (most["line_start"], most["line_end"]) == (1, 1000)
    beyond = fitting(models.LinesModel, get(address, **{"from": 10**7, "to": 10**7 + 1}))
    assert beyond["text"] == "" and beyond["line_start"] is None


def test_tables_are_those_of_the_command_line(get, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    given = fitting(models.TablesModel, get(f"/v1/documents/{KARS}/tables"))
    assert given["tables"] == [table_object(engine.index.documents[KARS], table) for table in engine.index.tables(KARS)]


def test_facts_as_json_and_as_csv_are_the_same(get) -> None:  # type: ignore[no-untyped-def]
    narrow = {"q": "sicak asfalt", "municipality": "izmir", "year": 2024, "measure": "target", "unit": "TON"}
    found = fitting(models.FactsModel, get("/v1/facts", **narrow))
    assert 1100000 in [fact["value"] for fact in found["facts"]] and found["total"] == len(found["facts"])
    response = get("/v1/facts", **narrow, format="csv")
    assert (
        response.headers["content-type"].startswith("text/csv")
        and "attachment" in response.headers["content-disposition"]
    )
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert [row["text"] for row in rows] == [fact["text"] for fact in found["facts"]]
    assert list(rows[0]) == list(found["facts"][0])


def test_facts_come_in_pages(get, engine: Engine) -> None:  # type: ignore[no-untyped-def]
    first, second = (get("/v1/facts", q="hizmet", limit=10, offset=offset).json() for offset in (0, 10))
    both = get("/v1/facts", q="hizmet", limit=20).json()
    assert first["facts"] + second["facts"] == both["facts"] and first["total"] == both["total"]
    most = get("/v1/facts", limit=10**6).json()
    assert most["total"] == len(engine.index.facts) and len(most["facts"]) == 1000
    assert get("/v1/facts", format="csv").text.count("\n") > len(engine.index.facts)


def test_commitments_are_found_by_what_they_are_about(get) -> None:  # type: ignore[no-untyped-def]
    found = fitting(models.CommitmentsModel, get("/v1/commitments", q="asfalt kaplama", municipality="izmir"))
    first = found["commitments"][0]
    assert "Asfalt Kaplama" in first["label"]
    outcome = next(outcome for outcome in first["outcomes"] if outcome["year"] == 2020)
    assert (outcome["target"], outcome["actual"], outcome["deviation"]) == (2000000, 929691, -1070309)
    assert outcome["deviation_percent"] == -53.52 and outcome["reason"]
    every = get("/v1/commitments", limit=3).json()
    assert len(every["commitments"]) == 3 < every["total"]
    assert get("/v1/commitments", year=2020).json()["total"] < every["total"]


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/v1/ask", 422, "q (missing)"),
        ("/v1/ask?q=", 422, "Soru boş"),
        ("/v1/ask?q=%20%00", 422, "Soru boş"),
        (f"/v1/ask?q={'x' * (MAX_LENGTH + 1)}", 422, "çok uzun"),
        ("/v1/ask?q=soru&municipality=Atlantis", 422, "Olanlar: "),
        ("/v1/ask?q=soru&year=iki", 422, "year.0 (int_parsing)"),
        ("/v1/ask?q=soru" + "&history=a" * 21, 422, "history (too_long)"),
        ("/v1/search?q=soru&k=0", 422, "k ("),
        ("/v1/facts?measure=ton", 422, "measure"),
        ("/v1/facts?format=xml", 422, "format"),
        ("/v1/documents/yok", 404, "böyle bir belge yok"),
        ("/v1/documents/yok/text", 404, "böyle bir belge yok"),
        ("/v1/documents/..%2F..%2Fetc%2Fpasswd/text", 404, "böyle bir belge yok"),
        ("/v1/documents/yok/lines", 404, "böyle bir belge yok"),
        ("/v1/documents/yok/tables", 404, "böyle bir belge yok"),
        (f"/v1/documents/{KARS}/lines?from=0", 422, "from"),
        ("/v1/yok", 404, "/api/docs"),
        ("/docs.py", 404, "/api/docs"),
    ],
)
def test_what_cannot_be_worked_on_is_one_message(get, path: str, status: int, message: str) -> None:  # type: ignore[no-untyped-def]
    response = get(path)
    assert response.status_code == status and set(response.json()) == {"error"}
    assert message in response.json()["error"] and "xxxxxxxxxx" not in response.text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"{", "body (json_invalid)"),
        (b"[]", "body"),
        (b"\xff\xfe", "body (json_invalid)"),
        (b'{"question": 5}', "question (string_type)"),
        (b'{"question": "soru", "more": 1}', "more (extra_forbidden)"),
        (b'{"question": "soru", "filters": {"years": ["x"]}}', "filters.years.0"),
    ],
)
def test_a_body_that_cannot_be_read_is_one_message(application: FastAPI, body: bytes, message: str) -> None:
    response = request(application, "POST", "/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422) and set(response.json()) == {"error"}
    assert message in response.json()["error"]


def test_a_wrong_method_and_the_language_of_a_program(application: FastAPI) -> None:
    response = request(application, "DELETE", "/v1/ask", headers={"accept-language": "en-GB,en;q=0.9"})
    assert response.status_code == 405 and "not used with this method" in response.json()["error"]
    assert "GET" in response.headers["allow"] or "POST" in response.headers["allow"]


def broken(folder: Path, error: Exception) -> LiveEngine:
    def open_engine(_: Path) -> Engine:
        raise error

    (folder / "generations" / "000001").mkdir(parents=True)
    (folder / "CURRENT").write_text("000001\n", encoding="ascii")
    return LiveEngine(folder, open_engine)


@pytest.mark.parametrize("error", [IndexDamagedError("vectors.faiss: bozulmuş"), EncoderError("model yok")])
def test_an_index_that_cannot_be_used_is_told_with_when_to_come_again(tmp_path: Path, error: Exception) -> None:
    application = api_application(broken(tmp_path, error))
    for path in ("/v1/ask?q=soru", "/v1/documents", "/v1/facts", f"/v1/documents/{KARS}/text"):
        response = request(application, "GET", path)
        assert response.status_code == 503 and response.json() == {"error": str(error)}
        assert int(response.headers["retry-after"]) > 0


def test_an_unexpected_error_shows_no_inner_detail(tmp_path: Path) -> None:
    response = request(api_application(broken(tmp_path, RuntimeError("secret inner detail"))), "GET", "/v1/documents")
    assert response.status_code == 500 and "Beklenmeyen" in response.json()["error"] and "secret" not in response.text


def test_so_many_wait_that_one_more_is_told_it_is_busy(engine: Engine) -> None:
    async def crowd() -> list[str]:
        workshop = Workshop(LiveEngine.of(engine), concurrent=1, waiting=2)
        begun, go_on = threading.Event(), threading.Event()
        done: list[str] = []

        def slow(_: Engine) -> Response:
            begun.set()
            go_on.wait(30)
            return Response()

        async def come() -> None:
            try:
                await workshop.work(slow)
                done.append("worked")
            except BusyError:
                done.append("busy")
                go_on.set()

        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(come)
                await anyio.lowlevel.checkpoint()
        assert begun.is_set()
        return done

    assert sorted(asyncio.run(crowd())) == ["busy", "worked", "worked", "worked"]


def test_the_state_names_the_generation(get, city_index: Path) -> None:  # type: ignore[no-untyped-def]
    state = fitting(models.ReadyModel, get("/v1/ready"))
    assert state == {"generation": (city_index / "CURRENT").read_text("ascii").split()[0], "warm": True}


def test_everything_is_described(get) -> None:  # type: ignore[no-untyped-def]
    described = get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    operations = [(path, method, told) for path, item in described["paths"].items() for method, told in item.items()]
    assert {path for path, _, _ in operations} == {
        "/v1/ask", "/v1/search", "/v1/facts", "/v1/commitments", "/v1/commitments.csv",
        "/v1/commitments.xlsx", "/v1/documents", "/v1/documents/{document}",
        "/v1/documents/{document}/text", "/v1/documents/{document}/lines", "/v1/documents/{document}/tables",
        "/v1/ready",
        "/v1/documents/{document}/file", "/v1/documents/{document}/pages/{page}",
        "/v1/documents/{document}/pages/{page}.webp",
    }  # fmt: skip
    for path, method, told in operations:
        assert told["summary"] and told["description"], (path, method)
        assert {"200", "422", "429", "503"} <= set(told["responses"]), (path, method)
        assert "HTTPValidationError" not in str(told["responses"])
        assert all(parameter.get("description") for parameter in told.get("parameters", [])), (path, method)
    for name in ("AskModel", "FigureModel", "CitationModel", "PassageModel", "ErrorModel"):
        model = getattr(models, name)
        for example in described["components"]["schemas"][name]["examples"]:
            model.model_validate({**dict.fromkeys(model.model_fields), **example})  # FastAPI leaves nulls out


def test_the_documentation_page_shows_everything_that_is_described(get) -> None:  # type: ignore[no-untyped-def]
    described, page = get("/openapi.json").json(), get("/docs")
    for path, item in described["paths"].items():
        for method, told in item.items():
            assert f"{method.upper()} /api{path.replace('{', '&#123;').replace('}', '&#125;')}" in page.text
            assert html.escape(told["summary"]) in page.text
    anchors = set(re.findall(r'id="([^"]+)"', page.text))
    assert {*described["components"]["schemas"]} <= anchors
    assert set(re.findall(r'href="#([^"]+)"', page.text)) <= anchors, "every link within the page leads somewhere"


def test_the_links_to_try_work(get) -> None:  # type: ignore[no-untyped-def]
    links = [html.unescape(link) for link in re.findall(r'<a href="/api(/v1/[^"]+)"', get("/docs").text)]
    assert len(links) >= 5
    for link in links:
        assert get(link).status_code == 200, link


def test_the_documentation_page_runs_no_script_and_asks_nothing_of_other_hosts(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/docs")
    assert "script-src 'none'" in page.headers[POLICY] and "<script" not in page.text and "style=" not in page.text
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page.text)
    assert get("/docs.css").status_code == 200 and "url(" not in get("/docs.css").text
