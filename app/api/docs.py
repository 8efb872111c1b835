"""The documentation of the interface for programs: the OpenAPI object and a page that shows it.

The page is Swagger UI from the package ``fastapi-offline``, which ships its files: nothing comes from another host.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from app.web.policy import POLICY, policy

DESCRIPTION: Final = """\
Kente Sor answers Turkish questions from municipal plans, programmes and reports. The same index and question give the
same answer; there is no language model in it. **Every figure names its place**: `figures[i].citation` is the `n` of a
citation whose `quote` equals `text[start:end]` of the document (`/v1/documents/{document}/text`).

```sh
curl 'http://localhost:7860/api/v1/ask?q=2024+asfalt+hedefi+nedir%3F'
curl 'http://localhost:7860/api/v1/facts?q=asfalt&municipality=izmir&year=2024&format=csv'
```

Lines count from 1; offsets count characters. What is refused is `{"error": "…"}` with a status of 4xx, or of 503 with
`Retry-After` while the server is busy or its index cannot be used. Questions are not recorded unless the operator of
the server has switched that on; please do not put personal data into them.
"""

_FILES = "/docs/files"
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kente Sor API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/files/swagger-ui.css"><link rel="stylesheet" href="docs/docs.css">
</head>
<body>
<header><a href="../">Kente Sor</a><h1>Interface for programs</h1><a href="openapi.json">openapi.json</a></header>
<main id="swagger-ui"><noscript>This page needs JavaScript. All that it shows is in
<a href="openapi.json">openapi.json</a>.</noscript></main>
<script src="docs/files/swagger-ui-bundle.js"></script><script src="docs/docs.js"></script>
</body>
</html>
"""


def add_documentation(application: FastAPI) -> None:
    """Adds the page ``/docs`` and its files to the application of the interface, which has its own OpenAPI object."""
    shipped = Path(str(resources.files("fastapi_offline"))) / "static"

    @application.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        # Swagger UI writes style attributes and shows pictures that are part of its style sheet.
        allowed = policy(script="'self'", style="'self' 'unsafe-inline'", img="'self' data:")
        return HTMLResponse(_PAGE, headers={POLICY: allowed})

    for name in ("docs.css", "docs.js"):
        _add_file(application, name)
    application.mount(_FILES, StaticFiles(directory=shipped), name="swagger-ui")


def _add_file(application: FastAPI, name: str) -> None:
    @application.get(f"/docs/{name}", include_in_schema=False)
    def file() -> FileResponse:
        return FileResponse(Path(__file__).parent / name)
