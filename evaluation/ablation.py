"""Our own retrieval with one part left out at a time: what each part is worth.

=========== =========================================================================================================
left out    what is done instead
=========== =========================================================================================================
dense       the first stage takes what BM25 puts on top
lexical     the first stage takes what the vectors put on top
scope       passages of all documents, whatever the question names
reranking   the order of the first stage
lemmas      BM25 over words as written, in small letters
rows        no row of a table is a passage of its own; tables are cut like the rest, between lines
chunking    pieces of 800 characters, without heading path and document title, cut by langchain-text-splitters
=========== =========================================================================================================

The last two embed all passages anew, some minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from langchain_text_splitters import RecursiveCharacterTextSplitter

from evaluation.retrievers import EngineRetriever
from indexer.errors import InputError
from indexer.index import Index
from indexer.outline import read_outline
from indexer.passages import split_passages
from indexer.records import Document, Passage, Span
from indexer.storing.lexical import LexicalIndex
from indexer.storing.vectors import VectorIndex
from indexer.turkish import fold, tokens
from qa.engine import Engine
from qa.features import FeatureReader
from qa.ranking import load_model
from qa.retrieval import Parts, Retriever

SWITCHES = tuple(field.name for field in fields(Parts))
PARTS = (*SWITCHES, "lemmas", "rows", "chunking")
_CHARACTERS = 800

Progress = Callable[[str, int, int], None]


def without(engine: Engine, part: str, progress: Progress) -> EngineRetriever:
    """Our retrieval without ``part``, one of :data:`PARTS`.

    Raises:
        InputError: there is no such part.
    """
    name, index = f"kentesor − {part}", engine.index
    if part in SWITCHES:
        return EngineRetriever(Engine(index, Parts(**{part: False})), name)
    if part == "lemmas":
        plain = replace(index, lexical=LexicalIndex.from_texts([one.search_text for one in index.passages], words))
        ranker = Retriever(plain, load_model("ranking"), FeatureReader(index))  # rarities stay those of the lemmas
        return EngineRetriever(engine, name, ranker, lambda asked: replace(asked, topic=tuple(words(asked.query_text))))
    if part == "rows":
        return EngineRetriever(Engine(rechunked(index, rowless, progress)), name)
    if part == "chunking":
        return EngineRetriever(Engine(rechunked(index, fixed, progress)), name)
    raise InputError(f"{part}: böyle bir parça yok. Olanlar: {', '.join(PARTS)}")


def words(text: str) -> list[str]:
    """The words of a text as written, in small letters."""
    return [fold(token.text) for token in tokens(text)]


def rechunked(index: Index, cut: Callable[[Document], Sequence[Passage]], progress: Progress) -> Index:
    """The index over other passages; facts and tables stay."""
    passages = [passage for document in index.documents.values() for passage in cut(document)]
    texts = [passage.search_text for passage in passages]
    vectors = index.encoder.encode_passages(texts, lambda done: progress("encoding", done, len(texts)))
    other = replace(index, vectors=VectorIndex.from_vectors(vectors), lexical=LexicalIndex.from_texts(texts))
    vars(other)["passages"] = passages  # fills the cached property, which would read them from the store
    return other


def rowless(document: Document) -> list[Passage]:
    """Passages of whole documents, tables too cut between lines."""
    return split_passages(document, read_outline(document))


def fixed(document: Document) -> list[Passage]:
    """Pieces of equal length, as a plain pipeline makes them."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHARACTERS, chunk_overlap=0, keep_separator="end", strip_whitespace=False
    )
    passages, start = [], 0
    for text in splitter.split_text(document.text):
        span = Span(start, start + len(text))
        if document.text[span.start : span.end] != text:
            raise ValueError(f"{document.id}: the splitter has changed the text at {start}")
        if text.strip():
            first, last = document.line_range(span)
            passages.append(Passage(document.id, "prose", span, text, text, first, last))
        start = span.end
    return passages
