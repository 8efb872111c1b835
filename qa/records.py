"""The nouns of answering: a question understood, what was found for it, and the answer that is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from indexer.records import Box, Kind, Measure, Passage, Span

Status = Literal["answered", "abstained"]
Language = Literal["tr", "en"]
Want = Literal[
    "figure",
    "text",
    "who",
    "why",
    "when",
    "where",
    "yesno",
    "list",
    "compare",
    "series",
    "sum",
    "difference",
    "ratio",
    "share",
    "fulfilment",
    "rank",
    "count",
]
"""What kind of answer is asked for; ``rank`` is "en çok", ``count`` is "kaç müdürlük": how many rows there are."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user has fixed beforehand; an empty tuple leaves that open."""

    municipalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One value asked for: a year and a measure; what the question leaves open is None."""

    year: int | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: whom, which documents, which years and measures, about what, in which language."""

    text: str  # in Turkish: as written, or an English question's words translated
    language: Language = "tr"
    written: str = ""  # the question as written, where that is not in Turkish
    written_as: str = ""  # the ``query_text`` that ``written`` became; a part of the question has another one
    municipalities: tuple[str, ...] = ()  # held ones, as the catalogue writes them
    documents: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    years: tuple[int, ...] = ()
    measures: tuple[Measure, ...] = ()
    topic: tuple[str, ...] = ()  # analysed words that say what the question is about, for the lexical index
    wants_figure: bool = False
    query_text: str = ""  # what is embedded: the question mended, made whole from the history, in Turkish
    content: tuple[str, ...] = ()  # keys (indexer.turkish.key) of the words that name the matter asked about
    subject: str = ""  # the question's words without municipality, years and words of asking
    foreign: tuple[str, ...] = ()  # municipalities asked about that the index does not hold
    places: tuple[str, ...] = ()  # districts and provinces that belong to the topic
    asked: tuple[Asked, ...] = ()  # the values asked for, in order of mention
    wants: tuple[Want, ...] = ()  # most telling first
    units: tuple[str, ...] = ()  # canonical units of the figures asked for
    counted: tuple[str, ...] = ()  # the words after "kaç", as folded
    corrections: tuple[tuple[str, str], ...] = ()  # (as written, read as)
    carried: tuple[str, ...] = ()  # names of the fields that the conversation filled
    excluded: str = ""  # the thing that it leaves out ("Temizlik İşleri dışında"), as written
    outside: tuple[str, ...] = ()  # what it names itself and the filters leave out


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found; ``score`` is comparable within one question only."""

    passage: Passage
    score: float
    position: int = 0  # of the passage in the index
    features: dict[str, float] = field(default_factory=dict)  # what the score was made of


@dataclass(frozen=True, slots=True)
class Computed:
    """How a figure was computed: the formula with its operands' positions in ``Answer.figures``."""

    formula: str
    operands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """A figure of an answer: it stands in the citation numbered ``citation``, or was computed from such figures."""

    value: Decimal
    text: str
    label: str
    citation: int
    municipality: str
    unit: str | None = None
    year: int | None = None
    measure: Measure = "other"
    computed: Computed | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer stands: ``quote`` equals ``text[span.start:span.end]`` of the document.

    ``boxes`` are the places of its lines in a PDF, each with the number of its page.
    """

    n: int
    document: str
    title: str
    span: Span
    line_start: int
    line_end: int
    quote: str
    page: int | None = None
    context: tuple[str, ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question."""

    question: str
    status: Status
    text: str
    confidence: float
    figures: tuple[AnswerFigure, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Hit, ...] = ()
    timings_ms: dict[str, float] = field(default_factory=dict)
