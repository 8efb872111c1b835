"""The web app: hostile text stays text, figures and places are shown, and the page answers over HTTP."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast
from unittest.mock import Mock

import gradio_client  # type: ignore[import-untyped]
import httpx
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from app.live import LiveEngine
from app.web import build_page, open_listener, web_application
from app.web.ask.cards import answer_card, message_card
from app.web.ask.examples import EXAMPLES, Examples, examples
from app.web.ask.excerpt import AROUND, excerpt
from app.web.ask.sources import sources_of
from app.web.ask.turns import answer_turn
from app.web.elements import safe
from app.web.texts import LANGUAGES, PAGES, Page, texts_of
from indexer.errors import InputError, ServerError
from indexer.records import Passage, Source, Span
from qa.engine import Engine
from qa.question import MAX_LENGTH, check_question
from qa.records import Answer, AnswerFigure, Citation, Computed, Filters, Hit, Language, Question

# Gradio uses options of pandas that the newest pandas have deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

T = TypeVar("T")
TEXTS = texts_of("tr")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'${alert(3)}{{7*7}}`"
LINES = [f"Satır {n} {HOSTILE}" for n in range(1, 9)]
QUOTE = "Dikilen fidan sayısı Adet 12 2012 1.200"
TEXT = "\n \n".join([*LINES, QUOTE, *LINES])
START = TEXT.index(QUOTE)
NUMBER = TEXT.count("\n", 0, START) + 1
SOURCES = [
    Source("a-2024", "Örnek Belediyesi", f"Örnek Programı {HOSTILE}", "a.txt", "0", kind="performans", year=2024),
    Source("b-2023", "Başka Belediyesi", "Başka Raporu", "b.txt", "0", kind="faaliyet", year=2023),
]
CITATION = Citation(
    1, "a-2024", SOURCES[0].title, Span(START, START + len(QUOTE)), NUMBER, NUMBER, QUOTE, 7, (HOSTILE,)
)
FIGURE = AnswerFigure(Decimal(1200), "1.200", HOSTILE, 1, "Örnek Belediyesi", "adet", 2024, "target")
SHARE = AnswerFigure(Decimal("46.5"), "46,5", "Pay", 1, "Örnek Belediyesi", "%", 2024, "rate", Computed("1 / 2", (0,)))


def answered(question: str) -> Answer:
    return Answer(
        question, "answered", f"2024 hedefi 1.200 adet [1]. {HOSTILE} [9]", 0.93, (FIGURE, SHARE), (CITATION,)
    )


def abstained(question: str) -> Answer:
    nearest = Passage("a-2024", "prose", Span(0, 40), TEXT[:40], "", 1, 1, None, (HOSTILE,))
    return Answer(question, "abstained", "2031 yılı için kayıt yok.", 0.1, passages=(Hit(nearest, 1.0),))


class FakeEngine:
    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...], Filters | None]] = []

    def ask(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Answer:
        text = check_question(question)
        self.asked.append((text, tuple(history), filters))
        if text == "patla":
            raise RuntimeError("secret inner detail")
        return abstained(text) if "2031" in text else answered(text)

    def understand(self, question: str, history: Sequence[str] = (), filters: Filters | None = None) -> Question:
        whole = f"{history[-1]} {question}" if question.startswith("peki") and history else question
        named = filters.municipalities if filters else ()
        return Question(text=question, query_text=whole, content=(question,), municipalities=named)

    def sources(self) -> list[Source]:
        return SOURCES

    def page_layout(self, _document: str, _number: int) -> None:
        return None

    def document_text(self, document: str) -> str:
        return {"a-2024": TEXT}[document]


class FakeLive(LiveEngine):
    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine

    def current(self) -> Engine:
        return cast(Engine, self.engine)

    def work(self, function: Callable[[Engine], T]) -> T:
        return function(self.current())


def within_a_loop(make: Callable[[LiveEngine], T], engine: FakeEngine) -> T:
    """Calls ``make`` in a running event loop: without one, Gradio makes a loop for every lock and leaves it open."""

    async def call() -> T:
        return make(FakeLive(engine))

    return asyncio.run(call())


class Elements(HTMLParser):
    """Collects the tags, attributes and text that a browser would see."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.open: list[str] = []
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements are nested"

    def handle_data(self, data: str) -> None:
        self.text += data


ALLOWED_TAGS = {
    "div",
    "article",
    "section",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "a",
    "span",
    "br",
    "ul",
    "li",
    "mark",
    "strong",
    "blockquote",
    "details",
    "summary",
    "button",
    "textarea",
    "dl",
    "dt",
    "dd",
    "ol",
    "nav",
    "figure",
    "figcaption",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ALLOWED_ATTRIBUTES = {
    *(
        "class",
        "id",
        "href",
        "role",
        "aria-live",
        "aria-label",
        "aria-hidden",
        "tabindex",
        "type",
        "readonly",
        "hidden",
    ),
    *("rows", "scope", "style", "data-link", "data-text", "data-done", "data-select"),
}


def assert_harmless(content: str) -> Elements:
    seen = Elements(content)
    assert seen.tags <= ALLOWED_TAGS
    assert seen.attributes <= ALLOWED_ATTRIBUTES
    assert not seen.open
    assert not set("{}$`") & set(content), "Gradio's HTML component would read these as a template"
    return seen


@given(st.text(max_size=80))
def test_safe_text_is_shown_as_it_is(text: str) -> None:
    content = safe(text)
    assert not set("<>\"'{}$`") & set(content)
    assert Elements(content).text == re.sub("[\u202a-\u202e\u2066-\u2069]", "\ufffd", text)


@pytest.mark.parametrize("answer", [answered(HOSTILE), abstained(f"2031 {HOSTILE}")], ids=["answered", "abstained"])
def test_hostile_text_stays_text(answer: Answer) -> None:
    titles = {source.id: source.title for source in SOURCES}
    card = assert_harmless(answer_card(TEXTS, answer, 1))
    panel = assert_harmless(sources_of(TEXTS, answer, 1, FakeEngine(), titles))
    message = assert_harmless(message_card(HOSTILE, HOSTILE, 1))
    assert HOSTILE in card.text
    assert HOSTILE in panel.text
    assert HOSTILE in message.text


def test_a_figure_is_shown_with_everything_that_gives_it_meaning() -> None:
    seen = Elements(answer_card(TEXTS, answered("2024 fidan hedefi nedir?"), 3)).text
    for part in ("1.200", "adet", "2024 hedefi", "Örnek Belediyesi", "%46,5", "hesaplandı: 1 / 2", "%93"):
        assert part in seen


def test_marks_link_to_their_place_and_unknown_marks_do_not() -> None:
    card = answer_card(TEXTS, answered("soru"), 3)
    panel = sources_of(TEXTS, answered("soru"), 3, FakeEngine(), {})
    assert set(re.findall(r'href="#([^"]+)"', card)) == {"kaynak-3-1"} == set(re.findall(r'id="([^"]+)"', panel))
    assert set(re.findall(r'href="#([^"]+)"', panel)) == {"yanit-3"} == set(re.findall(r'id="([^"]+)"', card))
    assert "[9]" in card


def test_a_place_is_shown_in_its_surroundings() -> None:
    panel = sources_of(TEXTS, answered("soru"), 1, FakeEngine(), {})
    assert "<mark>Dikilen fidan sayısı Adet 12 2012 <strong>1.200</strong></mark>" in panel
    seen = Elements(panel).text
    assert f"satır {NUMBER}, sayfa 7" in seen
    assert LINES[-1] in seen
    assert LINES[-AROUND] in seen


def test_a_refusal_names_the_nearest_as_no_answer() -> None:
    card = Elements(answer_card(TEXTS, abstained("2031 hedefi"), 1)).text
    panel = Elements(sources_of(TEXTS, abstained("2031 hedefi"), 1, FakeEngine(), {"a-2024": "Başlık"})).text
    assert "Belgelerde yanıt bulunamadı" in card
    assert "2031 yılı için kayıt yok." in card
    assert "yanıt değil" in panel
    assert "Başlık" in panel


def test_an_excerpt_keeps_the_quote_and_marks_whole_numbers_only() -> None:
    cut = excerpt(TEXT, CITATION.span, QUOTE, ["12", "1.200", ""])
    assert [QUOTE[span.start : span.end] for span in cut.figures] == ["12", "1.200"]
    for side in (cut.before, cut.after):
        assert len([line for line in side.split("\n") if line.split()]) == AROUND
    assert cut.before + cut.quote in TEXT
    assert TEXT.startswith(cut.quote + cut.after, START)


def test_a_quote_that_the_document_does_not_hold_there_has_no_surroundings() -> None:
    cut = excerpt(TEXT, Span(0, 5), QUOTE)
    assert (cut.before, cut.quote, cut.after) == ("", QUOTE, "")


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_every_excerpt_holds_its_quote(text: str, start: int, length: int) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    cut = excerpt(text, span, text[span.start : span.end], ["1"])
    assert cut.quote == text[span.start : span.end]
    assert text.startswith(cut.quote + cut.after, span.start)
    assert text[: span.start].endswith(cut.before)


def test_a_conversation_is_handed_on_and_refused_questions_are_not() -> None:
    engine = FakeEngine()
    first = answer_turn(TEXTS, engine, "2024 fidan hedefi nedir?", Filters(("Örnek Belediyesi",), ("a-2024",)), ())
    refused = answer_turn(TEXTS, engine, "   ", Filters(), first.turns)
    assert "Soru boş" in refused.newest
    assert refused.question.split() == []
    assert "1.200" in refused.sources, "the sources of the last answer stay"
    shown = answer_turn(TEXTS, engine, "peki 2031?", Filters(), refused.turns)
    assert engine.asked[0] == ("2024 fidan hedefi nedir?", (), Filters(("Örnek Belediyesi",), ("a-2024",)))
    assert engine.asked[-1] == ("peki 2031?", ("2024 fidan hedefi nedir?",), Filters())
    assert "peki 2031?" in shown.newest
    assert "2024 fidan hedefi nedir?" in shown.earlier
    assert "Soru boş" not in shown.earlier
    assert [turn.number for turn in shown.turns] == [1, 2, 3]
    assert [turn.answer is not None for turn in shown.turns] == [False, False, True]


@pytest.mark.parametrize(
    ("question", "message"),
    [("", "Soru boş"), ("x" * 20_000, "çok uzun"), ("\x00\x01\x02", "Soru boş"), ("?!;--", "okunabilir")],
)
def test_a_question_that_cannot_be_worked_on_gives_one_clear_message(question: str, message: str) -> None:
    shown = answer_turn(TEXTS, FakeEngine(), question, Filters(), ())
    assert message in Elements(shown.newest).text
    assert len(shown.newest) < 2_000
    assert len(shown.question) <= MAX_LENGTH, "as much as can be asked stays in the box"
    assert shown.turns[0].asked is None


@pytest.mark.parametrize("question", ["<b onclick=alert(1)>fidan</b>", "'; DROP TABLE passages; --", "%s {0} ${x}"])
def test_html_and_sql_are_questions_like_any_other(question: str) -> None:
    shown = answer_turn(TEXTS, FakeEngine(), question, Filters(), ())
    assert question in assert_harmless(shown.newest).text
    assert_harmless(shown.sources)


def test_an_unexpected_error_shows_no_inner_detail() -> None:
    shown = answer_turn(TEXTS, FakeEngine(), "patla", Filters(), ())
    assert "Beklenmeyen bir hata" in shown.newest
    assert "secret" not in shown.newest


def test_examples_name_what_is_held() -> None:
    questions = examples(SOURCES, "tr", lambda _: True)
    assert questions == list(dict.fromkeys(questions))
    assert 2 < len(questions) <= 6
    assert {name for name in ("Örnek Belediyesi", "Başka Belediyesi") if any(name in q for q in questions)} == {
        source.municipality for source in SOURCES
    }
    assert examples([], "tr", lambda _: True) == []
    assert examples(SOURCES, "tr", lambda _: False) == [], "nothing is offered that is not answered"


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_answered_and_sought_once(engine: Engine, language: Language) -> None:
    offers = Examples(language, clock=lambda: 0.0)
    assert offers.find(engine, lambda: False) == [], "questions of visitors go first"
    found = offers.find(engine, lambda: True)
    assert len(found) == EXAMPLES
    assert all(engine.ask(question).status == "answered" for question in found)
    assert offers.find(engine, lambda: False) is found is offers.known(engine)


def test_one_visitor_does_not_wait_for_all_examples_and_the_next_goes_on(engine: Engine) -> None:
    passed = count(step=2.0)
    asked: Any = Mock(wraps=engine)
    offers = Examples("tr", clock=lambda: next(passed))
    first = offers.find(asked, lambda: True)
    assert 0 < len(first) < EXAMPLES and offers.known(asked) == []
    visits = 1
    while not offers.known(asked) and visits < EXAMPLES * 3:
        offers.find(asked, lambda: True)
        visits += 1
    assert len(offers.known(asked)) == EXAMPLES and offers.known(asked)[: len(first)] == first
    tried = [call.args[0] for call in asked.ask.call_args_list]
    assert len(tried) == len(set(tried)), "no question is tried again"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_built_without_telemetry_and_without_an_engine_call(page: Page, language: Language) -> None:
    engine = FakeEngine()
    blocks = within_a_loop(lambda live: build_page(page, live, texts_of(language)), engine)
    assert blocks.analytics_enabled is False
    assert blocks.state_session_capacity < 1000, "the memory of conversations has a bound"
    assert engine.asked == []


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    application = within_a_loop(web_application, FakeEngine())
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(application, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def test_the_page_answers_over_http(address: str, tmp_path: Path) -> None:
    client = gradio_client.Client(address, verbose=False, analytics_enabled=False, download_files=tmp_path)
    log, _, panel, _, kept = client.predict("2024 fidan hedefi nedir?", [], [], [], api_name="/ask")
    assert "1.200" in assert_harmless(log).text
    assert "<mark>" in panel
    assert kept == ""
    log, *_ = client.predict("", [], [], [], api_name="/ask")
    assert "Soru boş" in log
    client.close()


def test_the_page_asks_nothing_of_other_hosts(address: str) -> None:
    response = httpx.get(address)
    assert response.status_code == 200
    assert not re.findall(
        r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["'](?:https?:)?//(?!127\.)[^"']*""", response.text
    )
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    config = httpx.get(f"{address}/config").json()
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["show_error"] is False
    assert "fonts.googleapis" not in httpx.get(f"{address}/theme.css").text
    assert httpx.get(f"{address}/gradio_api/file=/etc/hostname").status_code in (403, 404)


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ServerError, match=r"kullanımda.*--port") as caught:
            open_listener("127.0.0.1", taken.getsockname()[1])
    assert "\n" not in str(caught.value)


def test_an_unknown_address_is_one_clear_line() -> None:
    with pytest.raises(InputError, match="--host"):
        open_listener("böyle bir adres yok", 7999)
    with pytest.raises(ServerError, match="bu makinenin değil"):
        open_listener("192.0.2.1", 7999)  # of a net that is set apart for examples
