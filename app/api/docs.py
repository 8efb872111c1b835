"""The documentation of the interface for programs: the OpenAPI object as a page of plain HTML, without a script.

The viewers that packages ship (Swagger UI, ReDoc) fail the rules of accessibility that the pages keep, and ReDoc
fetches a picture from another host; the object itself is there for every viewer that a reader prefers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from markdown_it import MarkdownIt

from app.web.elements import safe
from app.web.policy import POLICY, policy

DESCRIPTION: Final = """\
Kente Sor answers Turkish questions from municipal plans, programmes and reports. The same index and question give the
same answer; there is no language model in it. **Every figure names its place**: `figures[i].citation` is the `n` of a
citation whose `quote` equals `text[start:end]` of the document.

Lines count from 1; offsets count characters. What is refused is `{"error": "…"}` with a status of 4xx, or of 503 with
`Retry-After` while the server is busy or its index cannot be used. A message is in English where `Accept-Language`
prefers that; one about a question or an index is always in Turkish.

Questions are not recorded unless the operator of the server has switched that on; please do not put personal data
into them.
"""

_MOUNTED: Final = "/api"
_SCHEMAS: Final = "#/components/schemas/"
_JSON: Final = "application/json"
_LIMITS: Final = {"minimum": "from", "maximum": "to", "maxItems": "at most", "const": ""}
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def add_documentation(application: FastAPI) -> None:
    """Adds the page ``/docs`` and its style sheet to the application of the interface."""

    @application.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(_page(application.openapi()), headers={POLICY: policy(style="'self'", img="data:")})

    @application.get("/docs.css", include_in_schema=False)
    def style() -> FileResponse:
        return FileResponse(Path(__file__).parent / "docs.css")


def _page(described: Mapping[str, Any]) -> str:
    operations = [
        (method, path, operation) for path, item in described["paths"].items() for method, operation in item.items()
    ]
    links = "".join(
        f'<li><a href="#{operation["operationId"]}"><code>{_signature(method, path)}</code></a> '
        f"{safe(operation['summary'])}</li>"
        for method, path, operation in operations
    )
    schemas = described["components"]["schemas"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Interface for programs · Kente Sor</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="docs.css"></head><body>'
        '<a class="skip" href="#main">Skip to content</a>'
        '<header><a href="../en/">Kente Sor</a><a href="openapi.json">openapi.json</a></header>'
        f'<main id="main"><h1>Interface for programs</h1>{_MARKDOWN.render(DESCRIPTION)}'
        f'<nav aria-label="Addresses"><ul>{links}</ul></nav><h2>Addresses</h2>'
        + "".join(_operation(*operation) for operation in operations)
        + "<h2>Objects</h2>"
        + "".join(_schema(name, schema) for name, schema in sorted(schemas.items()))
        + "</main></body></html>"
    )


def _signature(method: str, path: str) -> str:
    return f"{method.upper()} {_MOUNTED}{safe(path)}"


def _operation(method: str, path: str, operation: Mapping[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    body = operation.get("requestBody")
    name = operation["operationId"]
    rows = [
        (f"<code>{safe(told['name'])}</code>{_required(told)}", _type(told["schema"]), safe(told["description"]))
        for told in parameters
    ]
    sent = f"<p>Its body is JSON: {_type(body['content'][_JSON]['schema'])}.</p>" if body else ""
    answers = [
        (f"<code>{status}</code>", _content(answer), safe(answer["description"]))
        for status, answer in operation["responses"].items()
    ]
    return (
        f'<section id="{name}" aria-labelledby="{name}-title"><h3 id="{name}-title"><code>{_signature(method, path)}'
        f"</code> {safe(operation['summary'])}</h3>{_MARKDOWN.render(operation['description'])}{sent}"
        + _table("Parameters", ("Name", "Type", "Meaning"), rows)
        + _table("Responses", ("Status", "Content", "Meaning"), answers)
        + ("" if body else _example(path, parameters))
        + "</section>"
    )


def _example(path: str, parameters: Sequence[Mapping[str, Any]]) -> str:
    """A link to try, with the examples that the parameters give; none where the path needs what only an index has."""
    if "{" in path:
        return ""
    given = {told["name"]: example["value"] for told in parameters for example in told.get("examples", {}).values()}
    address = safe(f"{_MOUNTED}{path}?{urlencode(given)}".rstrip("?"))
    return f'<p>Try it: <a href="{address}"><code>{address}</code></a></p>'


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    fields, required = schema["properties"], set(schema.get("required", ()))
    if required == set(fields):  # as in all that is answered
        required = set()
    rows: list[tuple[str, ...]] = [
        (
            f"<code>{safe(field)}</code>{_required({'required': field in required})}",
            _type(told),
            safe(told.get("description", "")),
        )
        for field, told in fields.items()
    ]
    heads: tuple[str, ...] = ("Name", "Type", "Meaning")
    if not any(row[2] for row in rows):
        heads, rows = heads[:2], [row[:2] for row in rows]
    examples = "".join(
        f'<details><summary>Example of {_short(name)}</summary><pre tabindex="0" role="group" '
        f'aria-label="{_short(name)}">{safe(json.dumps(example, ensure_ascii=False, indent=2))}</pre></details>'
        for example in schema.get("examples", [])
    )
    meaning = _MARKDOWN.render(schema.get("description", ""))
    return (
        f'<section id="{name}" aria-labelledby="{name}-title"><h3 id="{name}-title">{_short(name)}</h3>{meaning}'
        f"{_table('Fields', heads, rows)}{examples}</section>"
    )


def _table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table; its cells are HTML already."""
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    lines = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _required(told: Mapping[str, Any]) -> str:
    return " <em>required</em>" if told.get("required") else ""


def _content(answer: Mapping[str, Any]) -> str:
    contents = answer.get("content", {})
    return "<br>".join(
        _type(content["schema"]) if content.get("schema") else f"<code>{safe(kind)}</code>"
        for kind, content in contents.items()
    )


def _type(schema: Mapping[str, Any]) -> str:
    """A type in words, as HTML: links to objects, the values that are allowed, the limits."""
    limits = ", ".join(_limits(schema))
    return f"{_bare_type(schema)}{f' <small>({limits})</small>' if limits else ''}"


def _bare_type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(_SCHEMAS)
        return f'<a href="#{name}">{_short(name)}</a>'
    if "anyOf" in schema:
        return " or ".join(_type(option) for option in schema["anyOf"])
    if "enum" in schema:
        return " · ".join(f"<code>{safe(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return safe(str(schema.get("type", "")))


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    for name, word in _LIMITS.items():
        if name in schema:
            yield f"{word} {schema[name]}".strip()
    default = schema.get("default")
    if default not in (None, [], {}) and not isinstance(default, dict):
        yield f"otherwise {safe(str(default))}"


def _short(name: str) -> str:
    return safe(name.removesuffix("Model"))
