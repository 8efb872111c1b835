"""What goes in and out over HTTP, as models: they check requests and make the OpenAPI page complete.

Answers, passages, tables and facts are the engine's own JSON (:mod:`qa.serialise`); a test holds the models to it.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.objects import Counts
from indexer.records import Format, Kind, Level, Measure, TableKind
from qa.records import Status

LONGEST_HISTORY: Final = 20
"""Earlier questions of a conversation that are taken: each of them is understood anew."""

_QUESTION = "2024 asfalt hedefi nedir?"
_LABEL = "Serilecek Asfalt Miktarı"
_QUOTE = f"{_LABEL} Ton 773.612 1.500.000 1.100.000"
_CITY = "Örnek Belediyesi"
_TITLE = f"{_CITY} 2024 Yılı Performans Programı"
_PLACE: Final[dict[str, Any]] = {"line_start": 812, "line_end": 812, "start": 40210, "end": 40266}
_DOCUMENT = "ornek-2024-performans"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


def _like(**example: Any) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class FilterModel(_Model):
    """What is fixed beforehand; an empty list leaves it open."""

    municipalities: list[str] = Field(
        default=[], max_length=50, description="Names or their beginnings, in any casing."
    )
    documents: list[str] = Field(default=[], max_length=50, description="Ids of documents.")
    years: list[int] = Field(default=[], max_length=50)


class AskModel(_Model):
    """A question, in Turkish or English, with the conversation that it belongs to."""

    model_config = _like(question=_QUESTION, history=[], filters={"municipalities": ["Örnek"]})

    question: str
    history: list[str] = Field(
        default=[], max_length=LONGEST_HISTORY, description="Earlier questions of the conversation, oldest first."
    )
    filters: FilterModel = FilterModel()


class ComputedModel(_Model):
    """How a figure was computed; ``operands`` are positions in ``figures``."""

    formula: str
    operands: list[int]


class FigureModel(_Model):
    """A figure of an answer: it stands in its citation's quote as ``text``, or was computed from such figures."""

    model_config = _like(
        value=1100000, text="1.100.000", unit="ton", year=2024, measure="target", label=_LABEL, municipality=_CITY,
        citation=1, computed=None,
    )  # fmt: skip

    value: float
    text: str
    unit: str | None
    year: int | None
    measure: Measure
    label: str
    municipality: str
    citation: int
    computed: ComputedModel | None


class PlaceModel(_Model):
    """Lines count from 1; ``start`` and ``end`` are offsets into the document's text."""

    document: str
    line_start: int
    line_end: int
    start: int
    end: int
    page: int | None
    context: list[str] = Field(description="The headings above the place, from the outermost.")


class BoxModel(_Model):
    """A line's place on a page of a PDF, in points (1/72 inch) from the upper left corner of the page as shown."""

    page: int = Field(description="Its place in the file, from 1.")
    x0: float
    top: float
    x1: float
    bottom: float


class CitationModel(PlaceModel):
    """Where an answer stands: ``quote`` equals ``text[start:end]`` of the document."""

    model_config = _like(
        n=1, document=_DOCUMENT, title=_TITLE, page=43, **_PLACE, quote=_QUOTE, context=["Performans Hedefi Tablosu"],
        boxes=[{"page": 43, "x0": 72.0, "top": 210.5, "x1": 523.2, "bottom": 222.1}],
    )  # fmt: skip

    n: int
    title: str
    quote: str
    boxes: list[BoxModel] = Field(description="Where the lines of the quote stand; empty where it is no PDF.")


class PassageModel(PlaceModel):
    """A passage; ``score`` is comparable within one response only."""

    model_config = _like(
        document=_DOCUMENT, **_PLACE, page=43, score=4.364712, context=["Performans Hedefi Tablosu"], text=_QUOTE
    )

    score: float
    text: str


class AnswerModel(_Model):
    """An answer; its marks [1], [2] … are the ``n`` of ``citations``. ``abstained``: the documents hold no answer."""

    question: str
    status: Status
    answer: str
    confidence: float
    figures: list[FigureModel] = Field(description="Most relevant first.")
    citations: list[CitationModel]
    passages: list[PassageModel] = Field(description="The ten best, cited ones first.")
    timings_ms: dict[str, float]


class PassagesModel(_Model):
    """Passages that fit a query, best first."""

    query: str
    passages: list[PassageModel]


class DocumentModel(_Model):
    """A document of the index; the fields named in ``inferred`` were read off its text."""

    id: str
    title: str
    municipality: str
    province: str | None
    level: Level | None
    kind: Kind
    year: int | None
    period: list[int] | None
    file: str
    format: Format
    sha256: str
    provenance: str = Field(description="Where the text is from, in Turkish.")
    provenance_en: str
    inferred: list[str]
    counts: Counts


class DocumentsModel(_Model):
    """All documents of the index."""

    documents: list[DocumentModel]


class LinesModel(_Model):
    """Some lines of a document exactly as written; ``lines`` is how many it has, ``page`` that of the first one."""

    document: str
    title: str
    lines: int
    line_start: int | None
    line_end: int | None
    start: int
    end: int
    page: int | None
    text: str


class PageModel(_Model):
    """The size of a page of a PDF in points (1/72 inch), as it is shown; ``boxes`` of citations lie on it."""

    page: int
    width: float
    height: float


class RowModel(_Model):
    """A row: ``cells[i]`` stands under ``columns[i]``, as written, and is null where the source has nothing."""

    label: str
    unit: str | None
    cells: list[str | None]
    line_start: int
    line_end: int
    ambiguous: bool = Field(description="The source does not tell which column a value belongs to.")


class TableModel(_Model):
    """A table read from the text."""

    doc: str
    line_start: int
    line_end: int
    title: str
    kind: TableKind
    columns: list[str]
    rows: list[RowModel]


class TablesModel(_Model):
    """The tables of a document in reading order."""

    document: str
    tables: list[TableModel]


class FactModel(_Model):
    """One cell of a table made meaningful. An ambiguous one answers no question: do not rely on it."""

    municipality: str
    document: str = Field(description="The document's id.")
    label: str = Field(description="What is measured, as printed.")
    measure: Measure
    year: int | None
    value: float
    text: str = Field(description="The value as printed: text[start:end] of the document.")
    unit: str | None = Field(description="In its canonical form.")
    unit_text: str | None = Field(description="The unit as printed.")
    column: str = Field(description="The name of the column, as printed.")
    code: str | None = Field(description="Of the indicator, budget line or project.")
    context: str = Field(description="The headings above, from the outermost, with > between them.")
    units_responsible: str = Field(description="With ; between them.")
    status: str | None = Field(description="As printed.")
    reason: str | None = Field(description="Why a target was missed, as printed.")
    note: str | None = Field(description="A footnote or an explanation.")
    cumulative: bool = Field(description="The value covers several years.")
    ambiguous: bool = Field(description="The source does not tell which column the value belongs to.")
    places: int = Field(description="How often it is printed; what follows is the first place.")
    line_start: int = Field(description="First line of its row, from 1.")
    line_end: int = Field(description="Last line of its row.")
    start: int = Field(description="Offset of the value in characters.")
    end: int = Field(description="Where the value ends.")


class FactsModel(_Model):
    """Facts, the nearest first; ``total`` is how many there are in all."""

    total: int
    offset: int
    facts: list[FactModel]


class OutcomeModel(_Model):
    """Target and actual of one year; ``status`` and ``reason`` as printed. Whether more is better, it does not say."""

    year: int
    target: float
    actual: float
    deviation: float = Field(description="actual - target")
    deviation_percent: float | None = Field(description="Of the target; null where that is 0.")
    status: str | None
    reason: str | None


class CommitmentModel(_Model):
    """What a municipality said of one indicator, over columns, years and documents."""

    municipality: str
    label: str
    unit: str | None
    likeness: float = Field(description="Of the least alike labels that were joined, 0 to 100.")
    documents: list[str]
    outcomes: list[OutcomeModel]
    facts: list[FactModel]


class CommitmentsModel(_Model):
    """Commitments, the nearest first; ``total`` is how many there are in all."""

    total: int
    offset: int
    commitments: list[CommitmentModel]


class ReadyModel(_Model):
    """The state of a server that can answer; one that cannot answers 503."""

    generation: str = Field(description="Of the index; another one after it was rebuilt.")
    warm: bool = Field(description="What the first questions would wait for has been worked out.")


class ErrorModel(_Model):
    """What is wrong and what to do, for people."""

    model_config = _like(error="Soru boş. Lütfen bir soru yazın; örneğin: 2024 asfalt hedefi nedir?")

    error: str


Form = Literal["json", "csv"]
