"""The MCP server: an assistant's own client lists the tools, asks, and gets the JSON with citations."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the optional package mcp is not installed")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.shared.memory import create_connected_server_and_client_session as connected
from mcp.types import CallToolResult, TextContent

from app.live import LiveEngine
from app.mcp import mcp_server
from qa.engine import Engine
from qa.serialise import answer_object

ROOT = Path(__file__).parent.parent
QUESTION = "2024 asfalt hedefi nedir?"


def within_a_session(live: LiveEngine, talk: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with connected(mcp_server(live)) as session:
            return await talk(session)

    return asyncio.run(run())


def call(live: LiveEngine, tool: str, **arguments: object) -> CallToolResult:
    result = within_a_session(live, lambda session: session.call_tool(tool, arguments))
    assert isinstance(result, CallToolResult)
    return result


def told(live: LiveEngine, tool: str, **arguments: object) -> dict[str, Any]:
    result = call(live, tool, **arguments)
    text = result.content[0]
    assert not result.isError and result.structuredContent is not None and isinstance(text, TextContent)
    assert json.loads(text.text) == result.structuredContent, "clients that read text only get the same"
    return result.structuredContent


@pytest.fixture(scope="module")
def live(engine: Engine) -> LiveEngine:
    return LiveEngine.of(engine)


def test_the_tools_say_what_they_are_for_and_change_nothing(live: LiveEngine) -> None:
    tools = within_a_session(live, lambda session: session.list_tools()).tools
    assert {tool.name for tool in tools} == {"ask", "search", "facts", "read_document", "list_documents"}
    for tool in tools:
        assert tool.description and tool.title and tool.annotations.readOnlyHint
        assert "self" not in tool.inputSchema["properties"]


def test_an_answer_is_the_engines_own_json(live: LiveEngine, engine: Engine) -> None:
    given, expected = told(live, "ask", question=QUESTION), answer_object(engine.ask(QUESTION))
    assert {**given, "timings_ms": {}} == {**expected, "timings_ms": {}}
    figure, citation = given["figures"][0], given["citations"][0]
    assert figure["text"] in citation["quote"] and figure["citation"] == citation["n"]
    follow_up = told(live, "ask", question="Peki 2023 hedefi?", history=[QUESTION])
    assert follow_up["figures"][0]["year"] == 2023


def test_a_citation_leads_to_the_lines_of_the_document(live: LiveEngine) -> None:
    citation = told(live, "ask", question=QUESTION)["citations"][0]
    place = {"line_start": citation["line_start"], "line_end": citation["line_end"]}
    lines = told(live, "read_document", document=citation["document"], **place)
    assert citation["quote"] in lines["text"] and lines["start"] <= citation["start"] < citation["end"] <= lines["end"]
    assert lines["page"] == citation["page"]


def test_a_document_is_read_in_pieces(live: LiveEngine, engine: Engine) -> None:
    document = engine.index.documents["kars-2024-faaliyet"]
    first = told(live, "read_document", document=document.id)
    assert (first["line_start"], first["line_end"], first["lines"]) == (1, 200, len(document.lines))
    assert document.text.startswith(first["text"])
    beyond = told(live, "read_document", document=document.id, line_start=10**6)
    assert beyond["text"] == "" and beyond["line_start"] is None


def test_facts_are_narrowed_down(live: LiveEngine) -> None:
    found = told(live, "facts", query="sicak asfalt", municipalities=["izmir"], years=[2024], measures=["target"])
    assert found["total"] == len(found["facts"]) >= 1
    assert {(fact["municipality"], fact["year"], fact["measure"]) for fact in found["facts"]} == {
        ("İzmir Büyükşehir Belediyesi", 2024, "target")
    }
    assert 1100000 in [fact["value"] for fact in found["facts"]]


def test_search_and_the_list_of_documents(live: LiveEngine, engine: Engine) -> None:
    passages = told(live, "search", query="sokak hayvanı kısırlaştırma", limit=3)["passages"]
    assert len(passages) == 3
    documents = told(live, "list_documents")["documents"]
    assert [document["id"] for document in documents] == list(engine.index.documents)
    assert all(document["counts"]["facts"] > 0 for document in documents)


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("ask", {"question": "   "}, "Soru boş"),
        ("ask", {"question": "soru", "municipalities": ["Atlantis"]}, "Olanlar: "),
        ("ask", {"question": "soru", "history": ["a"] * 21}, "history"),
        ("facts", {"measures": ["ton"]}, "böyle bir ölçü yok"),
        ("read_document", {"document": "../../etc/passwd"}, "böyle bir belge yok"),
    ],
)
def test_what_cannot_be_worked_on_is_told(
    live: LiveEngine, tool: str, arguments: dict[str, object], message: str
) -> None:
    result = call(live, tool, **arguments)
    assert result.isError and isinstance(result.content[0], TextContent) and message in result.content[0].text


def test_a_missing_index_is_told_and_taken_over_when_it_is_there(
    tmp_path: Path, engine: Engine, city_index: Path
) -> None:
    folder = tmp_path / "dizin"
    live = LiveEngine(folder, lambda _: engine)

    async def talk(session: ClientSession) -> list[CallToolResult]:
        before = await session.call_tool("list_documents")
        folder.symlink_to(city_index)
        return [before, await session.call_tool("list_documents")]

    before, after = within_a_session(live, talk)
    assert before.isError and "kentesor index" in before.content[0].text
    assert not after.isError


def test_the_command_speaks_it_over_standard_input_and_output(tmp_path: Path) -> None:
    """With no index: an assistant may start it before there is one, and standard output holds nothing else."""

    async def talk() -> tuple[set[str], CallToolResult]:
        command = ["-m", "app.cli", "mcp", "--index", str(tmp_path / "dizin")]
        parameters = StdioServerParameters(command=sys.executable, args=command, cwd=ROOT)
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            await session.initialize()
            tools = await session.list_tools()
            return {tool.name for tool in tools.tools}, await session.call_tool("ask", {"question": QUESTION})

    names, result = asyncio.run(talk())
    assert "ask" in names and result.isError and isinstance(result.content[0], TextContent)
    assert "kentesor index" in result.content[0].text


def test_without_the_package_the_command_says_what_to_install(run, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(sys.modules, "app.mcp", None)
    status, _, error = run("mcp")
    assert status == 2 and "kentesor[mcp]" in error and error.count("\n") == 1
