"""Contract: once a document is removed from an index, a server that holds it gives nothing of it any more."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pdf_documents import row, sentence, write_pdf

from app.api import api_application
from app.live import LiveEngine
from app.pages.drawing import Job, Limits, draw
from app.web.ask.turns import answer_turn
from app.web.texts import texts_of
from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.errors import IndexMissingError
from indexer.index import Index
from indexer.storing.removal import remove_document
from qa.engine import Engine
from qa.records import Filters

COLUMNS = (72.0, 260.0, 320.0, 420.0)
QUESTION = "{} Belediyesinin 2024 yılında serilecek asfalt miktarı hedefi nedir?"
TOWNS = {"ahlat": "125.500", "bulanık": "98.700"}


def page(town: str, figure: str) -> list:  # type: ignore[type-arg]
    return [
        *sentence(f"{town.capitalize()} Belediyesi 2024 Yılı Performans Programı", 60),
        *row(("Gösterge", "Birim", "2023 Hedef", "2024 Hedef"), 100, COLUMNS),
        *row(("Serilecek Asfalt Miktarı", "Ton", "90.000", figure), 120, COLUMNS),
        *row(("Dikilen Ağaç Sayısı", "Adet", "1.200", "1.500"), 140, COLUMNS),
    ]


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    folder = tmp_path / "belgeler"
    folder.mkdir()
    for town, figure in TOWNS.items():
        write_pdf(folder / f"{town}.pdf", [page(town, figure)])
    return folder


@pytest.fixture
def index(tmp_path: Path, corpora: Path, words: Encoder) -> Path:
    build_index(corpora, tmp_path / "dizin", words)
    return tmp_path / "dizin"


@pytest.fixture
def live(index: Path, words: Encoder) -> LiveEngine:
    return LiveEngine(index, lambda folder: Engine(Index.open(folder, words)))


@pytest.fixture
def get(live: LiveEngine) -> Callable[[str], httpx.Response]:
    application: FastAPI = api_application(live)

    def get(path: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(application, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.get(f"/v1/{path}")

        return asyncio.run(send())

    return get


PLACES = ("file", "text", "lines", "tables", "pages/1.webp", "pages/1")


def test_nothing_of_a_removed_document_is_given(index: Path, get: Callable[[str], httpx.Response]) -> None:
    for place in PLACES:
        assert get(f"documents/ahlat/{place}").status_code == 200, place
    assert TOWNS["ahlat"] in get("facts?q=asfalt").text
    remove_document(index, "ahlat")
    for place in PLACES:
        refused = get(f"documents/ahlat/{place}")
        assert refused.status_code == 404 and set(refused.json()) == {"error"}, place
        assert get(f"documents/bulanık/{place}").status_code == 200, place
    for path in ("facts?q=asfalt", "search?q=asfalt", f"ask?q={QUESTION.format('Ahlat')}", "commitments.csv"):
        assert TOWNS["ahlat"] not in get(path).text, path


def test_the_last_document_leaves_nothing_to_answer_from(
    index: Path, live: LiveEngine, get: Callable[[str], httpx.Response]
) -> None:
    live.current()
    for town in TOWNS:
        remove_document(index, town)
    assert live.glance() is None
    with pytest.raises(IndexMissingError, match="kentesor index"):
        live.current()
    assert get("documents/ahlat/file").status_code == 503


def test_another_generation_of_the_same_name_does_not_bring_it_back(
    index: Path, corpora: Path, live: LiveEngine, words: Encoder
) -> None:
    live.current()
    for town in TOWNS:
        remove_document(index, town)
    (corpora / "ahlat.pdf").unlink()
    build_index(corpora, index, words)
    assert (index / "generations" / "000001").is_dir(), "numbers begin anew"
    assert list(live.current().index.documents) == ["bulanık"]


def test_work_that_was_under_way_while_a_document_was_removed_is_done_again(index: Path, live: LiveEngine) -> None:
    seen = []

    def work(engine: Engine) -> list[str]:
        seen.append(list(engine.index.documents))
        if len(seen) == 1:
            remove_document(index, "ahlat")
        return seen[-1]

    assert live.work(work) == ["bulanık"] and len(seen) == 2


def test_an_index_that_is_away_as_a_whole_goes_on_being_answered_from(index: Path, live: LiveEngine) -> None:
    before = live.current()
    index.rename(index.with_name("eski"))
    assert live.current() is before


def test_an_earlier_answer_that_quotes_a_removed_document_is_shown_no_more(index: Path, live: LiveEngine) -> None:
    def asked(question: str, turns: tuple = ()):  # type: ignore[no-untyped-def,type-arg]
        return live.work(lambda engine: answer_turn(texts_of("tr"), engine, question, Filters(), turns))

    first = asked(QUESTION.format("Ahlat"))
    second = asked(QUESTION.format("Bulanık"), first.turns)
    assert TOWNS["ahlat"] in second.earlier and TOWNS["ahlat"] in second.sources
    remove_document(index, "ahlat")
    third = asked(QUESTION.format("Bulanık"), second.turns)
    assert all(TOWNS["ahlat"] not in part for part in (third.newest, third.earlier, third.sources))
    assert TOWNS["bulanık"] in third.earlier and [turn.asked for turn in third.turns] == [
        QUESTION.format(town) for town in ("Ahlat", "Bulanık", "Bulanık")
    ]


def test_a_file_that_vanishes_is_refused_and_comes_back_with_the_next_generation(
    live: LiveEngine, get: Callable[[str], httpx.Response]
) -> None:
    path = live.current().index.original("ahlat")
    assert path is not None
    kept = path.with_name("kept")
    shutil.move(path, kept)
    for place in ("file", "pages/1.webp"):
        refused = get(f"documents/ahlat/{place}")
        assert refused.status_code == 404 and "metnini" in refused.json()["error"], place
    shutil.move(kept, path)
    assert get("documents/ahlat/pages/1.webp").status_code == get("documents/ahlat/file").status_code == 200


def test_a_page_whose_file_vanishes_while_it_is_drawn_is_drawn_later(
    get: Callable[[str], httpx.Response], live: LiveEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = live.current().index.original("ahlat")
    assert path is not None
    content = path.read_bytes()

    def drawn_too_late(job: Job, limits: Limits) -> bytes:
        path.unlink()
        return draw(job, limits)

    with monkeypatch.context() as patch:
        patch.setattr("app.pages.pictures.draw", drawn_too_late)
        assert get("documents/ahlat/pages/1.webp").status_code == 404
    path.write_bytes(content)
    assert get("documents/ahlat/pages/1.webp").status_code == 200
