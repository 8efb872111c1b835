"""The page of promises and its files: what a view shows, where each value stands, and that hostile text stays text."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import openpyxl
import pytest
from fastapi.testclient import TestClient

from app.api import api_application
from app.live import LiveEngine
from app.promises.records import Promise, read_promises
from app.promises.view import PAGE_ROWS, View, select
from app.web.promises.export import csv_file, xlsx_file
from app.web.promises.history import history
from app.web.promises.page import _shown
from app.web.promises.summary import summary
from app.web.promises.table import count_line, table
from app.web.promises.wording import deviation, signed_percent
from app.web.site import build_page
from app.web.texts import texts_of
from indexer.commitments import read_commitments
from indexer.records import Document, Fact, Figure, Place, Source, Span
from qa.engine import Engine

pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]
TR, EN = texts_of("tr"), texts_of("en")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'${alert(3)}{{7*7}}`\u202e"
FORMULA = '=HYPERLINK("http://x";"y")'


class Elements(HTMLParser):
    """The elements of a page and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        return [own for name, own in self.found if name == tag and attributes.items() <= own.items()]


def made_up(label: str, reason: str = "Salgın", municipality: str = "Örnek Belediyesi") -> tuple[Promise, Document]:
    text = f"Başlık\n{label} 1.500 1.200 {reason}\nson"
    line = Span(7, 7 + len(text.split("\n")[1]))
    facts = [
        Fact(
            municipality, "a", label, measure, 2024, Figure(Decimal(value), text_of, line, "adet"), "2024", "adet",
            "adet", ("Bölüm", f"Stratejik Amaç 1: {label}"), (Place("a", line, line),), "indicator",
            status="İyi", reason=reason,
        )
        for measure, value, text_of in (("target", "1500", "1.500"), ("actual", "1200", "1.200"))
    ]  # fmt: skip
    document = Document(Source("a", municipality, f"Rapor {label}", "a.txt", "0", year=2024), text)
    (promise,) = read_promises(read_commitments(facts))
    return promise, document


@pytest.fixture(scope="session")
def promises(engine: Engine) -> list[Promise]:
    return read_promises(engine.index.commitments)


def test_numbers_are_written_as_each_language_does() -> None:
    promise, _ = made_up("Ağaç Sayısı")
    outcome = promise.years[0].outcome
    assert outcome is not None
    assert deviation(TR, outcome, "adet") == "−300 adet (−%20)"
    assert deviation(EN, outcome, "adet") == "−300 (−20%)"
    assert deviation(TR, outcome, "%") == "−300 puan (−%20)"
    assert signed_percent(Decimal("9253.85"), "tr") == "+%9.253,9"
    assert signed_percent(Decimal("0.00"), "en") == "0%"


def test_a_row_says_target_actual_result_and_deviation(promises: list[Promise]) -> None:
    view = View("kısırlaştırılan hayvan", years=(2020,))
    rows = [row for row in select(promises, view) if row.promise.commitment.label.startswith("Kısırlaştırılan")]
    page = Elements(table(TR, rows, view, ""))
    text = " ".join(" ".join(page.text).split())
    assert "2020 6.000 adet 11.347 adet ✓ Hedefe ulaşıldı +%89,1" in text
    (link,) = list(page.all("a", **{"aria-expanded": "false"}))
    assert (
        link["href"] == f"/taahhutler/?y=2020&q=k%C4%B1s%C4%B1rla%C5%9Ft%C4%B1r%C4%B1lan+hayvan&c={rows[0].promise.id}"
    )


def test_pages_have_fifty_rows_and_lead_on(promises: list[Promise]) -> None:
    rows = select(promises, View())
    assert count_line(TR, rows, View(page=2)) == "1.190 taahhüt bulundu; 51–100 arası gösteriliyor."
    assert count_line(TR, rows[:PAGE_ROWS], View()) == "50 taahhüt bulundu."
    page = Elements(table(TR, rows, View(page=2), ""))
    assert len(page.all("th", scope="row")) == PAGE_ROWS
    assert [link["href"] for link in page.all("a", id="ks-previous")] == ["/taahhutler/"]
    assert [link["href"] for link in page.all("a", id="ks-next")] == ["/taahhutler/?p=3"]
    last = Elements(table(TR, rows, View(page=999), ""))
    assert last.all("a", id="ks-previous") and not last.all("a", id="ks-next")


def test_a_sorted_head_says_so(promises: list[Promise]) -> None:
    view = View(order="-deviation", municipalities=("Kars Belediyesi",))
    page = Elements(table(EN, select(promises, view), view, ""))
    assert [head.get("aria-sort") for head in page.all("th", scope="col")] == [
        "none", "none", "none", None, None, "none", "descending",
    ]  # fmt: skip
    assert page.all("a", id="ks-head-deviation")[0]["href"] == "/en/promises/?m=Kars+Belediyesi&o=deviation"


def test_nothing_found_is_said_and_the_way_out_is_offered() -> None:
    view = View("olmayan bir şey")
    page = Elements(table(TR, [], view, ""))
    assert "uyan taahhüt yok" in " ".join(page.text)
    assert page.all("a", id="ks-clear")[0]["href"] == "/taahhutler/"
    assert not [link for link in page.all("a") if "commitments" in str(link["href"])]


def test_a_history_has_values_reasons_and_sources_that_open_in_the_reader(
    engine: Engine, promises: list[Promise]
) -> None:
    (promise,) = [
        promise for promise in promises if promise.commitment.label == "Akdeniz’de İşbirliği Yapılan Liman Kenti Sayısı"
    ]
    html = history(TR, promise, engine.index.documents)
    page = Elements(html)
    text = " ".join(" ".join(page.text).split())
    assert "Belirtilen neden: Covid-19 nedeniyle" in text and "−2 adet (−%100)" in text
    ids = {item["id"] for item in page.all("li") if item.get("id")}
    marks = {str(link["href"]).removeprefix("#") for link in page.all("a") if str(link["href"]).startswith("#")}
    assert marks == ids, "every mark leads to a source, and every source is cited"
    reader = [str(link["href"]) for link in page.all("a") if str(link["href"]).startswith("/belgeler/?d=")]
    assert len(reader) == len(ids)
    for link in reader:
        found = re.fullmatch(r"/belgeler/\?d=([\w-]+)&l=(\d+)-(\d+)", link)
        assert found is not None
        lines = engine.document_text(found[1]).split("\n")[int(found[2]) - 1 : int(found[3])]
        assert "Liman" in " ".join(lines)


def test_years_of_a_history_are_in_order(engine: Engine, promises: list[Promise]) -> None:
    (promise,) = [
        p for p in promises if p.commitment.label == "Kısırlaştırılan ve Rehabilite Edilen Sokak Hayvanı Sayısı"
    ]
    html = history(TR, promise, engine.index.documents)
    assert re.findall(r'class="ks-bar-label">(\d+)<', html) == ["2019", "2020", "2022", "2023", "2024"]


def test_every_promise_has_a_history(engine: Engine, promises: list[Promise]) -> None:
    for promise in promises[::25]:
        assert "ks-chart" in history(EN, promise, engine.index.documents)


def test_the_numbers_add_up_and_choose_their_rows(promises: list[Promise]) -> None:
    view = View(municipalities=("Kars Belediyesi",))
    rows = select(promises, view)
    page = Elements(summary(TR, rows, view))
    tiles = [link for link in page.all("a") if str(link.get("id")).startswith("ks-tile-")]
    assert len(tiles) == 4
    counts = re.findall(r'ks-tile-count">([\d.]+)<', summary(TR, rows, view))
    assert sum(map(int, counts)) == len(rows) == 162
    chosen = replace(view, states=("missed",))
    assert int(counts[1]) == len(select(promises, chosen))
    assert str(tiles[1]["href"]).endswith("?m=Kars+Belediyesi&s=missed")
    turned_off = Elements(summary(TR, rows, chosen)).all("a", **{"aria-current": "true"})
    assert [str(link["href"]) for link in turned_off] == ["/taahhutler/?m=Kars+Belediyesi"]
    assert len(re.findall(r'class="ks-bar-label">', summary(TR, rows, view))) == 8, "the goals of its plan"


def test_hostile_text_is_shown_and_does_nothing() -> None:
    promise, document = made_up(HOSTILE + " Sayısı", HOSTILE, HOSTILE)
    view = View(HOSTILE, opened=promise.id)
    rows = select([promise], replace(view, query=""))
    html = "".join(
        [
            table(TR, rows, view, history(TR, promise, {"a": document})),
            summary(TR, rows, view),
            count_line(TR, rows, view),
        ]
    )
    page = Elements(html)
    assert not {"script", "img"} & {tag for tag, _ in page.found}
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)
    assert "\u202e" not in html and "${" not in html and "{{" not in html
    assert "<script>alert(1)</script>" in " ".join(page.text)


def test_the_page_leaves_out_what_is_not_offered(engine: Engine, promises: list[Promise]) -> None:
    goal = next(promise.goal for promise in promises if promise.goal and promise.goal.municipality == "Kars Belediyesi")
    view = View(municipalities=("Defne Belediyesi", HOSTILE), goals=(goal.id, HOSTILE), units=(HOSTILE,), years=(7,))
    order, query, municipality, goals, units, years, _, *_ = _shown(TR, engine, promises, view)
    assert (order, query) == ("", "")
    assert municipality["value"] == ["Defne Belediyesi"]
    assert goals["value"] == units["value"] == years["value"] == []
    assert {"Fen İşleri Müdürlüğü", "Park ve Bahçeler Müdürlüğü"} <= set(units["choices"])


@pytest.fixture(scope="session")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(api_application(LiveEngine.of(engine))) as client:
        yield client


def read_csv(response: httpx.Response, delimiter: str = ";") -> list[list[str]]:
    assert response.status_code == 200 and response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=delimiter))


def test_a_csv_is_the_view_with_numbers_for_turkish_excel(client: TestClient, promises: list[Promise]) -> None:
    view = View(municipalities=("Kars Belediyesi",), states=("missed",), order="deviation")
    response = client.get(f"/v1/commitments.csv?{view.to_query()}")
    head, *lines = read_csv(response)
    assert response.headers["content-disposition"] == 'attachment; filename="taahhutler.csv"'
    assert [line[2] for line in lines] == [
        " ".join(row.promise.commitment.label.split()) for row in select(promises, view)
    ]
    assert {line[head.index("Sonuç")] for line in lines} == {"Hedefe ulaşılamadı"}
    assert any(re.fullmatch(r"\d+,\d+", line[head.index("Planlanan")]) for line in lines)
    assert all("satır" in line[head.index("Planlananın kaynağı")] for line in lines)


def test_a_csv_in_english_is_for_english_excel(client: TestClient) -> None:
    head, *lines = read_csv(client.get("/v1/commitments.csv?m=Kars+Belediyesi&lang=en"), delimiter=",")
    assert head[0] == "Municipality" and len(lines) == 162 and {len(line) for line in lines} == {len(head)}
    assert any(re.fullmatch(r"\d+\.\d+", line[head.index("Planned")]) for line in lines)


def test_an_xlsx_has_numbers_as_numbers(client: TestClient) -> None:
    response = client.get("/v1/commitments.xlsx?m=Kars+Belediyesi")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    head, *lines = sheet.iter_rows(values_only=True)
    assert len(lines) == 162 and sheet.freeze_panes == "A2"
    assert {type(line[head.index("Planlanan")]) for line in lines} <= {int, float}
    assert {line[head.index("Yıl")] for line in lines} == {2024}
    column = head.index("Planlanan") + 1
    formats = {cell.number_format for (cell,) in sheet.iter_rows(2, min_col=column, max_col=column) if cell.value}
    assert formats and all(form.startswith("#,##0") for form in formats), "thousands are set apart"


@pytest.mark.parametrize("query", ["y=abc", "s=kept", "o=nothing", "lang=fr", f"q={'a' * 300}"])
def test_a_choice_that_means_nothing_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/v1/commitments.csv?{query}").status_code == 422


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_text_from_documents_is_never_a_formula(sign: str) -> None:
    promise, document = made_up("Ağaç Sayısı", sign + FORMULA[1:] + "\x07")
    rows = select([promise], View())
    (_, line) = csv.reader(io.StringIO(csv_file(TR, rows, {"a": document}).decode("utf-8-sig")), delimiter=";")
    assert f"'{sign}{FORMULA[1:]}" in line and "-300" in line, "a negative number stays a number"
    sheet: Any = openpyxl.load_workbook(io.BytesIO(xlsx_file(TR, rows, {"a": document}))).active
    cells = [cell for cell in sheet[2] if cell.value == f"{sign}{FORMULA[1:]}"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_what_is_chosen_while_the_page_works_is_sent_and_answered_in_order(tmp_path: Path) -> None:
    async def build() -> gr.Blocks:  # Gradio makes a loop where none is running
        return build_page("promises", LiveEngine(tmp_path), TR)

    page = asyncio.run(build())
    assert {dependency["trigger_mode"] for dependency in page.get_config_file()["dependencies"]} == {"multiple"}
    assert {act.concurrency_limit for act in page.fns.values()} == {1}
