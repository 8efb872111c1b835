"""What is counted of the server, in the form of Prometheus: no question and no visitor is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.live import LiveEngine
from qa.records import Answer

_COUNTED: Final = ("documents", "passages", "tables", "facts")
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counters of one server, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "kentesor_http_requests", "Requests by route and status.", ("method", "route", "status"),
            registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "kentesor_http_request_seconds", "Seconds until the response to a request began.", ("route",),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self._refusals = Counter(
            "kentesor_refusals", "Requests refused: rate of one visitor, full queue, size.", ("reason",),
            registry=self._registry,
        )  # fmt: skip
        self._answers = Counter(
            "kentesor_answers", "Questions worked on, by the status of their answer.", ("status",),
            registry=self._registry,
        )  # fmt: skip
        self._answer_seconds = Histogram(
            "kentesor_answer_seconds", "Seconds that the engine took for an answer.", buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self.in_progress = Gauge(
            "kentesor_http_requests_in_progress", "Requests whose response has not ended.", registry=self._registry
        )
        for reason in ("rate", "queue", "size"):  # told as nought before the first, so that rates are right
            self._refusals.labels(reason)
        for status in ("answered", "abstained"):
            self._answers.labels(status)
        ProcessCollector(registry=self._registry)

    def watch(self, live: LiveEngine) -> None:
        """Tells of the index that an engine answers from as well."""
        self._registry.register(_IndexCollector(live))

    def request(self, method: str, route: str, status: str, seconds: float) -> None:
        """Counts a request.

        Args:
            method: of HTTP.
            route: which of the server's addresses, without what a visitor put into it.
            status: of the response.
            seconds: until it began.
        """
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(route).observe(seconds)

    def refusal(self, reason: str) -> None:
        """Counts a refusal: ``rate``, ``queue`` or ``size``."""
        self._refusals.labels(reason).inc()

    def answer(self, answer: Answer, seconds: float) -> None:
        """Counts an answer and the seconds that it took."""
        self._answers.labels(answer.status).inc()
        self._answer_seconds.observe(seconds)

    def told(self, accept: str) -> tuple[bytes, str]:
        """All of it, and its media type.

        Args:
            accept: the forms that the reader prefers, as its header says.
        """
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _IndexCollector(Collector):
    """The index in use at the moment of reading; nothing where none is open."""

    def __init__(self, live: LiveEngine) -> None:
        self._live = live

    def describe(self) -> Iterator[Metric]:
        """The names are told without looking."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """The metrics."""
        state, engine = self._live.glance(), self._live.held()
        is_open = state is not None and engine is not None
        yield GaugeMetricFamily("kentesor_index_open", "Whether an index is open.", value=float(is_open))
        if state is None or engine is None:
            return
        manifest = engine.index.manifest
        yield GaugeMetricFamily(
            "kentesor_index_warm", "Whether first questions will not wait.", value=float(state.is_warm)
        )
        names = GaugeMetricFamily(
            "kentesor_index_info", "The generation in use.", labels=("generation", "schema", "encoder")
        )
        names.add_metric((state.generation, str(manifest.schema), manifest.encoder), 1.0)
        yield names
        with suppress(OSError):  # the folder may have been taken away
            built = (engine.index.folder / "generations" / state.generation).stat().st_mtime
            yield GaugeMetricFamily("kentesor_index_built_timestamp_seconds", "When it was built.", value=built)
        for name in _COUNTED:
            yield GaugeMetricFamily(
                f"kentesor_index_{name}", f"How many {name} the index holds.", value=float(manifest.counts[name])
            )
