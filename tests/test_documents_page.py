"""The documents page: what is held, and a reader whose lines are true and whose search finds; text stays text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import cast
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.api import api_application
from app.live import LiveEngine
from app.objects import Counts
from app.web.documents.book import BEFORE, STRETCH, Book, Entry, book_of
from app.web.documents.finding import find
from app.web.documents.overview import overview
from app.web.documents.page import show
from app.web.documents.reader import Reader
from app.web.documents.view import LONGEST_QUERY, View
from app.web.elements import reader_address, safe
from app.web.texts import LANGUAGES, texts_of
from indexer.records import Cell, Column, Document, Page, Passage, Row, Source, Span, Table
from indexer.turkish import letters
from qa.engine import Engine
from qa.records import Language

TEXTS = texts_of("tr")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'${alert(3)}{{7*7}}`"
TAGS = frozenset(
    [
        "a", "button", "details", "div", "form", "h1", "h2", "h3", "input", "label", "li", "mark", "nav", "ol", "p",
        "section", "span", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip


def document(text: str, pages: Sequence[Page] = (), title: str = "Örnek Programı", name: str = "ornek") -> Document:
    source = Source(name, "Örnek Belediyesi", title, "ornek.txt", "0", kind="performans", year=2024)
    return Document(source, text, tuple(pages))


def passage(held: Document, start: int, end: int, context: tuple[str, ...]) -> Passage:
    span = Span(start, end)
    first, last = held.line_range(span)
    return Passage(held.id, "prose", span, held.text[start:end], "", first, last, None, context)


def engine_of(held: Document) -> Engine:
    """Holds one document without passages and tables."""
    index = SimpleNamespace(documents={held.id: held}, passages=[], store=Store())
    return cast(Engine, SimpleNamespace(index=index, sources=lambda: [held.source]))


class Store:
    """The store of an index in which nothing was read."""

    def counts(self) -> dict[str, Counter[str]]:
        return {}

    def tables(self, *_: object) -> list[Table]:
        return []


class Elements(HTMLParser):
    """What a browser would make of the content; fails where elements are not nested or could do something."""

    def __init__(self, content: str) -> None:
        super().__init__()
        assert not set("{}$`") & set(content), "Gradio's HTML component would read these as a template"
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(content)
        self.close()
        assert not self._open
        assert len(self.ids) == len(set(self.ids)), "an id stands once"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert not any(name.startswith("on") or name in ("style", "src") for name, _ in attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in ("input", "br"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "elements are nested"

    def handle_data(self, data: str) -> None:
        self.text += data


def book_with(held: Document, passages: Sequence[Passage] = (), tables: Sequence[Table] = ()) -> Book:
    return Book(held, passages, lambda *_: tables)


def lines_of(content: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="L(\d+)"', content)]


views = st.builds(
    View,
    document=st.text(min_size=1, max_size=20).filter(lambda text: "\x00" not in text),
    lines=st.none() | st.tuples(st.integers(0, 99), st.integers(100, 999)),
    start=st.none() | st.integers(0, 99_999),
    query=st.text("İıĞ a&=+%", max_size=20).map(lambda text: " ".join(text.split())),
    hit=st.none() | st.integers(0, 99_999),
)


@given(views)
def test_a_view_is_its_address(view: View) -> None:
    address = view.address(TEXTS.address("documents"))
    assert View.of_query(parse_qsl(urlsplit(address).query)) == view


@given(st.dictionaries(st.sampled_from("dlsqhx"), st.text(max_size=400)))
def test_an_address_that_makes_no_sense_is_no_error(given_items: dict[str, str]) -> None:
    view = View.of_query(given_items.items())
    assert len(view.query) <= LONGEST_QUERY
    html, _ = show(TEXTS, engine_of(document("Bir satır\nİkinci satır", name=view.document or "a")), view)
    Elements(html)


def test_where_a_text_is_from_is_told_in_the_language_of_the_page() -> None:
    source = replace(document("a").source, provenance="Belediyenin sitesi.", provenance_en="Its <site>.")
    counts = {"ornek": Counts(*[0] * 8)}
    told = {name: overview(texts_of(name), {"ornek": Document(source, "a", ())}, counts) for name in LANGUAGES}
    assert 'lang="tr">Belediyenin sitesi.</span>' in told["tr"] and "Its" not in told["tr"]
    assert 'lang="en">Its &lt;site&gt;.</span>' in told["en"] and "sitesi" not in told["en"]
    only = replace(source, provenance_en="")
    english = overview(texts_of("en"), {"ornek": Document(only, "a", ())}, counts)
    assert 'lang="tr">Belediyenin sitesi.</span>' in english


def test_the_address_that_answers_link_to_opens_the_lines() -> None:
    query = urlsplit(reader_address(TEXTS, "izmir-2024", 2138, 2140).replace("&amp;", "&")).query
    assert View.of_query(parse_qsl(query)) == View("izmir-2024", (2138, 2140))


def test_the_sections_of_a_document_hold_each_line_with_text_once(engine: Engine) -> None:
    for name, held in engine.index.documents.items():
        book, seen, start = book_of(engine.index, name), [], 1
        before: list[int | None] = []
        while True:
            stretch = book.stretch(start)
            assert len(stretch.lines) <= STRETCH
            assert stretch.previous == (before[-1] if before else None), "the way back leads where one came from"
            before.append(stretch.first)
            seen += [line.number for line in stretch.lines]
            if stretch.following is None:
                break
            start = stretch.following
        assert seen == [number for number, text in enumerate(held.text.split("\n"), 1) if text.split()]


def test_cited_lines_stand_in_their_surroundings_and_are_marked(engine: Engine) -> None:
    (citation, *_) = engine.ask("İzmir 2024 yılında ne kadar sıcak asfalt dökülecek?").citations
    book = book_of(engine.index, citation.document)
    reader = Reader(TEXTS, book, View(citation.document, (citation.line_start, citation.line_end)))
    html = reader.html()
    numbers = lines_of(html)
    assert numbers.index(citation.line_start) == BEFORE
    marked = re.findall(r'ks-cited" id="L(\d+)"', html)
    assert marked == [str(number) for number in numbers if citation.line_start <= number <= citation.line_end]
    assert reader.goal in Elements(html).ids
    for line in reader.stretch.lines:
        assert line.text == engine.document_text(citation.document).split("\n")[line.number - 1]
        assert line.text in Elements(html).text


def test_more_lines_than_a_section_are_shown_where_they_are_cited() -> None:
    held = document("\n".join(f"Satır {n}" for n in range(1, 1001)))
    numbers = lines_of(Reader(TEXTS, book_with(held), View("ornek", (300, 500))).html())
    assert set(range(300, 501)) <= set(numbers)
    assert len(lines_of(Reader(TEXTS, book_with(held), View("ornek", (1, 1000))).html())) < 500


def test_a_place_that_is_not_there_becomes_the_nearest_with_text() -> None:
    held = document("Bir\n\n \nİki\n\u00a0\n")
    book = book_with(held)
    assert lines_of(Reader(TEXTS, book, View("ornek", (2, 2))).html()) == [1, 4]
    assert re.findall(r'ks-cited" id="L(\d+)"', Reader(TEXTS, book, View("ornek", (2, 3))).html()) == ["4"]
    assert re.findall(r'ks-cited" id="L(\d+)"', Reader(TEXTS, book, View("ornek", (99, 99))).html()) == ["4"]
    assert lines_of(Reader(TEXTS, book, View("ornek", start=99)).html()) == [4]


@pytest.mark.parametrize("text", ["", " \n\u00a0\n"])
def test_a_document_without_text_says_so(text: str) -> None:
    html = Reader(TEXTS, book_with(document(text)), View("ornek", (3, 4), query="bir şey", hit=2)).html()
    assert TEXTS("documents.empty") in Elements(html).text


def test_the_contents_tell_the_headings_above_each_passage(engine: Engine) -> None:
    for name in engine.index.documents:
        book = book_of(engine.index, name)
        own = sorted((p for p in engine.index.passages if p.document == name), key=lambda passage: passage.span)
        lines = [passage.line_start for passage in own]
        for passage in own:
            if lines.count(passage.line_start) == 1:
                path = [letters(entry.title) for entry in book.path_at(passage.line_start)]
                assert path == [letters(title) for title in passage.context]


def test_the_contents_unfold_where_one_reads() -> None:
    text = "\n".join(f"Satır {n}" for n in range(1, 9))
    held = document(text)
    at = [line.start for line in held.lines]
    paths = [("A",), ("A", "A1"), ("A", "A1", "A1a"), ("A", "A2"), ("B",), ("B", "B1"), ("B", "B  1"), ("C",)]
    passages = [passage(held, at[n], held.lines[n].end, path) for n, path in enumerate(paths)]
    book = book_with(held, passages)
    assert book.contents[5:7] == (Entry(1, "B1", 6), Entry(0, "C", 8)), "one heading printed twice stands once"

    def shown(line: int) -> list[str]:
        html = Reader(TEXTS, book, View("ornek", start=line)).html()
        contents = html[html.index('<nav class="ks-contents') :]
        return re.findall(r">([ABC]\w*)</a>", contents[: contents.index("</nav>")])

    assert shown(1) == ["A", "A1", "A2", "B", "B1", "C"], "few outermost headings: the next ones are shown as well"
    assert shown(3) == ["A", "A1", "A1a", "A2", "B", "B1", "C"]
    passages = [passage(held, at[n], held.lines[n].end, (f"B{n // 2}", f"C{n}")) for n in range(8)]
    passages += [passage(held, at[7] + n, held.lines[7].end, (f"A{n}", "C")) for n in range(1, 4)]
    book = book_with(held, passages)
    assert shown(3) == ["B0", "B1", "C2", "C3", "B2", "B3", "A1", "A2", "A3"]


TORN = "İZMİR’in yol-\n \nları\nIzmir izmır\nBa ş arı\nsıcak\u00a0asfalt\n"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("İZMİR", ["İZMİR", "Izmir", "izmır"]),
        ("izmir", ["İZMİR", "Izmir", "izmır"]),
        ("izmir'in", ["İZMİR’in"]),
        ("YOLLARI", ["yol-\n \nları"]),
        ("basari", ["Ba ş arı"]),
        ("  sıcak   ASFALT ", ["sıcak\u00a0asfalt"]),
        ("yolları ızmir", ["yol-\n \nları\nIzmir"]),
        ("köprü", []),
        ("s", []),
    ],
)
def test_search_finds_what_people_type(query: str, found: list[str]) -> None:
    spans = find(document(TORN), query).spans
    assert [TORN[span.start : span.end] for span in spans] == found


def test_search_counts_marks_and_leads_from_hit_to_hit() -> None:
    held = document("\n".join(f"{n}. satır: {'ASFALT' if n % 100 == 0 else 'yol'}" for n in range(1, 1001)))
    book = book_with(held)
    html = Reader(TEXTS, book, View("ornek", query="asfalt")).html()
    assert "10 yerde geçiyor; 1. sonuç" in Elements(html).text
    assert re.findall(r'id="L(\d+)".{0,300}<mark class="ks-now"', html) == ["100"]
    assert TEXTS("documents.previous_hit") not in html
    html = Reader(TEXTS, book, View("ornek", query="asfalt", hit=4)).html()
    assert re.findall(r'id="L(\d+)".{0,300}<mark class="ks-now"', html) == ["400"]
    steps = html[html.index('class="ks-steps"') : html.index("<details>")]
    assert re.findall(r"h=(\d+)", steps) == ["3", "5"]
    assert len(re.findall(r"<mark>ASFALT</mark>", html[html.index("ks-hits") : html.index("ks-reading")])) == 10
    html = Reader(TEXTS, book, View("ornek", query="asfalt", start=450)).html()
    steps = html[html.index('class="ks-steps"') : html.index("<details>")]
    assert re.findall(r"h=(\d+)", steps) == ["4", "5"], "from where one reads"
    assert lines_of(html)[0] == 450
    html = Reader(TEXTS, book, View("ornek", query="köprü")).html()
    assert "“köprü” bu belgede geçmiyor" in Elements(html).text
    html = Reader(TEXTS, book, View("ornek", query="asfalt", hit=99)).html()
    assert "10. sonuç" in Elements(html).text


def test_a_hit_over_two_lines_is_marked_in_both() -> None:
    html = Reader(
        TEXTS, book_with(document("Alt Geçit, sıcak\n \nasfalt dökülecek")), View("ornek", query="sıcak asfalt")
    ).html()
    assert re.findall(r"<mark class=\"ks-now\"[^>]*>([^<]*)</mark>", html) == ["sıcak", "asfalt"]
    Elements(html)


def table_of(held: Document, *, ambiguous: bool) -> Table:
    rows = []
    for line in held.lines[:3]:
        value = line.text.split()[-1]
        at = Span(line.end - len(value), line.end)
        cells = (Cell(value, at), None)
        rows.append(Row(line.text, cells, Span(line.start, line.end), "Ton", ambiguous and line.number == 2))
    columns = (Column("2023 Hedef", 2023, "target"), Column("2024 Hedef", 2024, "target"))
    return Table("indicator", "test", "Hedef", columns, tuple(rows), Span(0, held.lines[2].end), ("Hedef",))


def test_tables_of_a_section_show_its_rows_and_name_what_is_not_certain() -> None:
    held = document("Asfalt 11\nKöprü 22\nPark 33\n" + "\n".join(f"Satır {n}" for n in range(300)))
    book = book_with(held, [], [table_of(held, ambiguous=True)])
    html = Reader(TEXTS, book, View("ornek", (3, 3))).html()
    tables = html[html.index('class="ks-tables"') :]
    assert "<td class=ks-num>11</td><td></td>" in tables
    assert '<td class="ks-num" colspan="2">22</td>' in tables, "no value of an ambiguous row stands under a column"
    assert tables.count(TEXTS("documents.unsure") + "</span>") == 1
    assert TEXTS("documents.ambiguous_note") in Elements(html).text
    assert re.findall(r"<tr class=ks-cited><th scope=\"row\">Park 33", tables)
    html = Reader(TEXTS, book, View("ornek", start=3)).html()
    assert TEXTS("documents.rows_here", shown=1, rows=3) in Elements(html).text
    assert "ks-tables" not in Reader(TEXTS, book, View("ornek", start=4)).html()


def test_a_section_reads_the_tables_that_a_document_has_there(engine: Engine) -> None:
    index = engine.index
    for name, held in index.documents.items():
        every = [(table, row) for table in index.tables(name) for row in table.rows]
        for first in range(1, len(held.lines), 997):
            stretch = book_of(index, name).stretch(first)
            found = book_of(index, name).tables_within(stretch.first, stretch.last)
            start, end = stretch.lines[0].start, stretch.lines[-1].end
            there = [(table, row) for table, row in every if row.span.start < end and row.span.end > start]
            assert [(table, row) for table, rows in found for row in rows] == there


def test_pages_are_told_where_their_number_is_known() -> None:
    text = "Bir\nİki\nÜç\nDört"
    held = document(text, [Page(0), Page(4, 7), Page(8)])
    html = Reader(TEXTS, book_with(held), View("ornek")).html()
    assert re.findall(r'ks-page"[^>]*>([^<]*)<', html) == ["sayfa 7"]
    assert html.index("sayfa 7") < html.index('id="L2"')


def test_hostile_text_stays_text() -> None:
    text = "\n".join([HOSTILE, f"Satır {HOSTILE} 12", HOSTILE])
    held = document(text, title=HOSTILE, name=HOSTILE)
    context = (HOSTILE, HOSTILE * 3)
    book = book_with(held, [passage(held, 0, 20, context)], [table_of(held, ambiguous=True)])
    for view in (View(HOSTILE, (1, 2)), View(HOSTILE, query="alert(1)", hit=2), View(HOSTILE, query=HOSTILE)):
        assert HOSTILE in Elements(Reader(TEXTS, book, view).html()).text
    for view in (View(), View("<b>yok</b>" + HOSTILE)):
        html, _ = show(TEXTS, engine_of(held), view)
        assert HOSTILE in Elements(html).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_tells_of_each_document_and_leads_to_it(engine: Engine, language: Language) -> None:
    texts = texts_of(language)
    html, said = show(texts, engine, View())
    seen = Elements(html)
    for name, held in engine.index.documents.items():
        assert held.source.title in seen.text
        assert View(name).address(texts.address("documents")) in seen.links
        assert f"/api/v1/documents/{name}/text" in seen.links
        mark = "." if language == "tr" else ","
        tables = engine.index.tables(name)
        counts = {
            "passages": sum(passage.document == name for passage in engine.index.passages),
            "tables": len(tables),
            "facts": sum(fact.document == name for fact in engine.index.facts),
            "ambiguous": sum(row.ambiguous for table in tables for row in table.rows),
            "commitments": sum(name in commitment.documents for commitment in engine.index.commitments),
        }
        row = html[html.index(safe(held.source.title)) :].split("</tr>")[0]
        for label, count in counts.items():
            amount = f"{count:,}".replace(",", mark)
            assert f'data-label="{texts(f"documents.{label}")}">{amount}</td>' in row
    assert said == ""


def test_the_text_is_downloaded_as_it_was_indexed(engine: Engine) -> None:
    html, _ = show(TEXTS, engine, View())
    with TestClient(api_application(LiveEngine.of(engine))) as client:
        for link in Elements(html).links:
            if link.startswith("/api"):
                name = link.split("/")[-2]
                assert client.get(link.removeprefix("/api")).content.decode() == engine.document_text(name)


def test_a_document_that_is_not_held_gives_the_list_with_a_message(engine: Engine) -> None:
    html, said = show(TEXTS, engine, View("yok-2024"))
    assert "yok-2024" in said
    assert said in Elements(html).text
    assert all(source.title in Elements(html).text for source in engine.sources())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_document_is_read_from_every_side(engine: Engine, language: Language) -> None:
    texts = texts_of(language)
    for name, held in engine.index.documents.items():
        middle = len(held.lines) // 2
        for view in (View(name), View(name, (middle, middle + 3)), View(name, query="belediye", hit=7)):
            html, said = show(texts, engine, view)
            seen = Elements(html)
            assert held.source.title in seen.text
            assert said
            assert re.search(r'data-goal="(\w[\w-]*)?"', html)
            goal = re.findall(r'data-goal="([^"]*)"', html)[0]
            assert not goal or goal in seen.ids
