"""For those who run the server: whether it lives, whether it can answer, its metrics, and a line for each request."""

from __future__ import annotations

import ipaddress
import logging
import re
import time
import uuid
from collections.abc import MutableMapping, Sequence
from typing import Any, Final

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.live import LiveEngine
from app.logs import FIELDS, REQUESTS, request_id
from app.web.addresses import route_of
from app.web.metrics import Metrics
from app.web.policy import HEADERS, POLICY, policy
from app.web.refusals import REFUSAL

HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_ID_HEADER: Final = "X-Request-ID"
_HEADERS: Final = {**HEADERS, POLICY: policy(), "Cache-Control": "no-store"}

_logger = logging.getLogger(REQUESTS)


class Operations:
    """Answers for the operator, and counts and records what the application answers.

    It stands before everything else: what it answers itself costs no visitor a request of his rate, and needs no index.

    Args:
        application: an ASGI application, which gets every other request.
        live: gives the engine.
        metrics: what is counted.
        metrics_for: addresses and nets that may read the metrics. Who comes through a proxy may not, whatever address
            the proxy has: where a proxy of this machine is not named, all visitors seem to be this machine.
    """

    def __init__(self, application: ASGIApp, live: LiveEngine, metrics: Metrics, metrics_for: Sequence[str]) -> None:
        self._application = application
        self._live = live
        self._metrics = metrics
        self._readers = [ipaddress.ip_network(net, strict=False) for net in metrics_for]
        self._was_ready = False
        metrics.watch(live)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        own = await self._own(Request(scope))
        if own is not None:
            await own(scope, receive, send)
        else:
            await self._watched(scope, receive, send)

    async def _own(self, request: Request) -> Response | None:
        path = request.scope["path"]
        if request.method not in ("GET", "HEAD"):
            return None
        if path == HEALTH:
            return PlainTextResponse("ok\n", headers=_HEADERS)
        if path == READINESS:
            return await run_in_threadpool(self._readiness)
        if path == METRICS and self._may_read(request):
            told, media_type = await run_in_threadpool(self._metrics.told, request.headers.get("accept", ""))
            return Response(told, headers={**_HEADERS, "Content-Type": media_type})
        return None

    def _readiness(self) -> Response:
        """Ready is a server that holds an index and was warm once: a newer index does not take it out of service."""
        state = self._live.glance()
        self._was_ready |= state is not None and state.is_warm
        is_ready = state is not None and self._was_ready
        fields: dict[str, object] = {"ready": is_ready}
        if state is not None:
            fields |= {"generation": state.generation, "warm": state.is_warm}
        elif problem := self._live.problem:
            fields["error"] = problem
        return JSONResponse(
            fields, 200 if is_ready else 503, _HEADERS if is_ready else {**_HEADERS, "Retry-After": "5"}
        )

    def _may_read(self, request: Request) -> bool:
        if any(name in request.headers for name in _FORWARDED):
            return False
        try:
            client = ipaddress.ip_address(request.client.host if request.client else "")
        except ValueError:
            return False
        mapped = client.ipv4_mapped if client.version == 6 else None
        return any((mapped or client) in net for net in self._readers)

    async def _watched(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = _id_of(scope)
        token = request_id.set(name)
        began, seconds, status = time.perf_counter(), 0.0, "aborted"  # where nobody waited for the response

        async def send_watched(message: Message) -> None:
            nonlocal seconds, status
            if message["type"] == "http.response.start":
                seconds, status = time.perf_counter() - began, str(message["status"])
                MutableHeaders(scope=message)[_ID_HEADER] = name
            await send(message)

        with self._metrics.in_progress.track_inprogress():
            try:
                await self._application(scope, receive, send_watched)
            except Exception:
                status = status if status != "aborted" else "500"
                raise
            finally:
                self._record(scope, status, seconds or time.perf_counter() - began)
                request_id.reset(token)

    def _record(self, scope: MutableMapping[str, Any], status: str, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_of(scope)
        self._metrics.request(method, route, status, seconds)
        if reason := scope.get(REFUSAL):
            self._metrics.refusal(reason)
        if _logger.isEnabledFor(logging.INFO):
            fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            _logger.info("request", extra={FIELDS: fields})


def _id_of(scope: Scope) -> str:
    """The id that a proxy has given to a request, where it is one that may stand in a log; else a new one."""
    told = dict(scope["headers"]).get(_ID_HEADER.lower().encode(), b"").decode("latin-1")
    return told if _ID.fullmatch(told) else uuid.uuid4().hex[:16]


__all__ = ["HEALTH", "METRICS", "READINESS", "Operations"]
