"""Whether the server can answer, and fast: for whoever starts it, watches it or balances load."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from app.api.errors import RESPONSES
from app.api.models import ReadyModel
from app.live import LiveEngine


def ready_router(live: LiveEngine) -> APIRouter:
    """The route of the state.

    Args:
        live: gives the engine.
    """
    router = APIRouter(tags=["state"], responses=RESPONSES)

    @router.get("/ready", response_model=ReadyModel, summary="Ask whether it is ready")
    async def ready() -> ReadyModel:
        """Which index questions are answered from, and whether the first of them will be answered fast."""
        state = await run_in_threadpool(live.state)
        return ReadyModel(generation=state.generation, warm=state.is_warm)

    return router
