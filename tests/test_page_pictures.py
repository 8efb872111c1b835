"""Pages of PDFs as pictures: what is printed is seen where its box says, what is masked is not seen, nothing hangs."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import httpx
import pypdfium2
import pytest
from fastapi import FastAPI
from pdf_documents import HEIGHT, WIDTH, Word, document_of, index_of, row, sentence, write_pdf
from PIL import Image

from app.api import api_application, models
from app.live import LiveEngine
from app.pages import DrawingError, PagePictures, find_sheet
from app.pages.drawing import Job, Limits, draw
from indexer.encoder import Encoder
from indexer.index import Index
from indexer.records import Box, Span
from qa.engine import Engine

COLUMNS = (72.0, 260.0, 320.0, 420.0)
NUMBER = "10000000146"
PAGES = (
    [*sentence("Performans Hedefi Tablosu", 80), *sentence("Belediyemiz yolları onarır.", 110)],
    [
        *sentence("Performans Göstergeleri", 60),
        *row(("Gösterge", "Birim", "2023 Hedef", "2024 Hedef"), 100, COLUMNS),
        *row(("Serilecek Asfalt Miktarı", "Ton", "90.000", "125.500"), 120, COLUMNS),
        *row(("Dikilen Ağaç Sayısı", "Adet", "1.200", "1.500"), 140, COLUMNS),
        *row(("Onarılan Yol", "km", "30", "35"), 160, COLUMNS),
    ],
)
PRIVATE = (
    [
        *sentence("Bilgi için", 80),
        Word(NUMBER, 200, 80, "•" * len(NUMBER)),
        Word("•", 72, 100),
        Word("Madde", 90, 100, ends="\n"),
        Word("Gizli:", 72, 800, ""),
        Word("a.veli@ornek.org", 110, 800, ""),
        Word("Altbilgi", 72, 820, ""),
    ],
    [Word("taranmis", 72, 80, "")],
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: Encoder) -> Index:
    folder = tmp_path_factory.mktemp("pdf")
    write_pdf(folder / "program.pdf", PAGES)
    write_pdf(folder / "kisisel.pdf", PRIVATE)
    (folder / "bozuk.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    documents = [
        document_of(folder / "program.pdf", PAGES),
        document_of(folder / "kisisel.pdf", PRIVATE, masked=True),
        document_of(folder / "bozuk.pdf", PAGES),
    ]
    return index_of(folder / "dizin", folder, documents, words)


@pytest.fixture(scope="module")
def get(index: Index) -> Callable[..., httpx.Response]:
    application: FastAPI = api_application(LiveEngine.of(Engine(index)))

    def get(path: str, **headers: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(application, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(send())

    return get


def shade(picture: bytes, box: Box) -> tuple[int, int]:
    """The darkest and the lightest grey of a box on a page's picture."""
    image = Image.open(io.BytesIO(picture)).convert("L")
    across, down = image.width / WIDTH, image.height / HEIGHT
    part = image.crop((round(box.x0 * across), round(box.top * down), round(box.x1 * across), round(box.bottom * down)))
    low, high = part.getextrema()
    return int(low), int(high)


def word(pages: tuple[list[Word], ...], text: str) -> Box:
    return next(word.box for page in pages for word in page if word.text == text)


def test_ink_lies_in_the_boxes_and_nowhere_beside(index: Index, get: Callable[..., httpx.Response]) -> None:
    response = get("/v1/documents/program/pages/2.webp")
    assert response.status_code == 200 and response.headers["content-type"] == "image/webp"
    size = models.PageModel.model_validate(get("/v1/documents/program/pages/2").json())
    assert (size.width, size.height) == (WIDTH, HEIGHT)
    figure = word(PAGES, "125.500")
    text = index.documents["program"].text
    start = text.index("125.500")
    assert index.boxes("program", Span(start, start + 7)) == ((2, figure),)
    assert shade(response.content, figure)[0] < 60
    assert shade(response.content, Box(figure.x1 + 20, figure.top, WIDTH, figure.bottom))[0] > 240
    assert shade(response.content, word(PAGES, "125.500"))[1] > 240


def test_an_answer_tells_where_its_quote_is_printed(get: Callable[..., httpx.Response]) -> None:
    answer = get("/v1/ask?q=Örnek Belediyesinin 2024 asfalt hedefi nedir?").json()
    models.AnswerModel.model_validate(answer, strict=True)
    [figure] = answer["figures"]
    citation = next(citation for citation in answer["citations"] if citation["n"] == figure["citation"])
    assert figure["text"] == "125.500" and citation["page"] == 2
    printed = word(PAGES, "125.500")
    assert any(
        box["page"] == 2
        and box["x0"] <= printed.x0
        and box["x1"] >= printed.x1
        and box["top"] <= printed.top
        and box["bottom"] >= printed.bottom
        for box in citation["boxes"]
    )


def test_a_picture_is_sent_once(get: Callable[..., httpx.Response]) -> None:
    first = get("/v1/documents/program/pages/1.webp")
    again = get("/v1/documents/program/pages/1.webp", **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert get("/v1/documents/program/pages/2.webp").headers["etag"] != first.headers["etag"]


def test_what_is_masked_in_the_text_is_not_seen(get: Callable[..., httpx.Response]) -> None:
    picture = get("/v1/documents/kisisel/pages/1.webp").content
    assert shade(picture, word(PRIVATE, NUMBER))[1] < 20
    left_out = word(PRIVATE, "a.veli@ornek.org")  # of the text, but printed
    assert shade(picture, Box(left_out.x0 + 1, left_out.bottom - 7, left_out.x1 - 1, left_out.bottom - 4))[1] < 20
    for seen in ("Madde", "Altbilgi"):
        assert shade(picture, word(PRIVATE, seen))[1] > 240, seen
    dot = word(PRIVATE, "•")
    assert shade(picture, Box(dot.x0, dot.top - 5, dot.x1, dot.bottom))[1] > 240  # of a list, and no mask


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("is_cropped", [False, True])
def test_what_nobody_looked_at_is_covered_on_turned_and_cropped_pages_as_well(
    tmp_path: Path, turned: int, is_cropped: bool
) -> None:
    path = tmp_path / "sayfa.pdf"
    write_pdf(path, [[Word("a.veli@ornek.org", 200, 300)]], turned)
    page = pypdfium2.PdfDocument(path)[0]
    if is_cropped:
        page.set_cropbox(150, 400, 450, 700)
        page.pdf.save(path)
    width, height = page.get_size()
    drawn = draw(Job(path, 1, width, height, words=[Box(0, 0, 1, 1)]))
    ink = Image.open(io.BytesIO(drawn)).convert("L").point(lambda grey: 255 * (grey < 128))
    place = ink.getbbox()
    assert place is not None
    left, top, right, bottom = place
    low, _ = ink.crop((left + 4, top + 4, right - 4, bottom - 4)).getextrema()
    assert low == 255 and min(right - left, bottom - top) > 20  # one black bar, and no letter in it


def test_a_masked_page_that_nobody_could_read_is_not_shown(get: Callable[..., httpx.Response]) -> None:
    assert get("/v1/documents/kisisel/pages/2.webp").status_code == 404


def test_the_file_is_given_unless_something_is_masked(get: Callable[..., httpx.Response], index: Index) -> None:
    given = get("/v1/documents/program/file")
    path = index.original("program")
    assert path is not None and given.content == path.read_bytes()
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"] == "attachment; filename*=UTF-8''program.pdf"
    assert get("/v1/documents/kisisel/file").status_code == 404
    text = get("/v1/documents/kisisel/text")
    assert NUMBER not in text.text and text.headers["content-disposition"].endswith("kisisel.txt")


@pytest.mark.parametrize(
    "path",
    [
        "program/pages/0.webp", "program/pages/3.webp", "program/pages/99999999999.webp", "program/pages/x.webp",
        "program/pages/../../program.pdf.webp", "yok/pages/1.webp", "..%2F..%2Fetc%2Fpasswd/pages/1.webp", "yok/file",
        "..%2Fprogram/file", "bozuk/pages/1.webp",
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_in_one_line(get: Callable[..., httpx.Response], path: str) -> None:
    response = get(f"/v1/documents/{path}")
    assert response.status_code in (404, 422)
    assert set(response.json()) == {"error"} and "\n" not in response.json()["error"]


def test_a_page_whose_words_were_placed_on_another_size_is_not_drawn(index: Index) -> None:
    path = index.original("program")
    assert path is not None
    with pytest.raises(DrawingError, match="sayfanın resmi çizilemedi"):
        draw(Job(path, 1, WIDTH, HEIGHT - 40))


def test_drawing_ends_at_its_limits(index: Index, tmp_path: Path) -> None:
    path = index.original("program")
    assert path is not None
    small = draw(Job(path, 1, WIDTH, HEIGHT), Limits(pixels=10_000))
    image = Image.open(io.BytesIO(small))
    assert image.width * image.height <= 10_500
    with pytest.raises(DrawingError):
        draw(Job(path, 1, WIDTH, HEIGHT), Limits(memory=30_000_000))
    with pytest.raises(DrawingError):
        draw(Job(tmp_path / "yok.pdf", 1, WIDTH, HEIGHT))


def test_pictures_are_drawn_once_and_only_some_are_kept(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def drawing(job: Job, _: Limits) -> bytes:
        drawn.append(job.page)
        if job.path.read_bytes().startswith(b"%PDF-1.7"):
            raise DrawingError(job.page)
        return b"x" * 600

    monkeypatch.setattr("app.pages.pictures.draw", drawing)
    pictures = PagePictures(kept_bytes=1100)
    first, second, damaged = (find_sheet(index, *page) for page in (("program", 1), ("program", 2), ("bozuk", 1)))
    assert first and second and damaged
    assert pictures.picture(first) == pictures.picture(first) and drawn == [1]
    pictures.picture(second)
    pictures.picture(first)
    assert drawn == [1, 2, 1]
    for _ in range(2):
        with pytest.raises(DrawingError):
            PagePictures.picture(pictures, damaged)
    assert drawn == [1, 2, 1, 1]
