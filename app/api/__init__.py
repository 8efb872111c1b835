"""The interface for programs, ``/api/v1/…``: cited answers, facts and documents as the engine's own JSON."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from app.api import asking, documents, facts, pages
from app.api.commitments import commitments_router
from app.api.docs import DESCRIPTION, add_documentation
from app.api.errors import tell_errors
from app.api.ready import ready_router
from app.api.working import Workshop
from app.live import LiveEngine
from app.pages import PagePictures


def api_application(live: LiveEngine) -> FastAPI:
    """The application to mount at ``/api``.

    Args:
        live: gives the engine.
    """
    application = FastAPI(
        title="Kente Sor",
        version="1",
        summary="Questions to municipal documents, answered with every figure in its place.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    application.state.workshop = Workshop(live)
    application.state.drawing = Workshop(live)  # pictures do not keep questions waiting
    application.state.pictures = PagePictures()
    tell_errors(application)
    add_documentation(application)
    version = APIRouter(prefix="/v1")
    for part in (asking, facts, pages, documents):  # the longer addresses come first
        version.include_router(part.router)
    version.include_router(commitments_router())
    version.include_router(ready_router(live))
    application.include_router(version)
    return application


__all__ = ["api_application"]
