"""The cards of a conversation: answers with their figures large, refusals that help on, messages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.web.ask.pictures import is_list, is_series, picture
from app.web.elements import cut, safe
from app.web.texts import Texts
from indexer.figures import format_number
from indexer.records import Source
from qa.records import Answer, AnswerFigure, Filters
from qa.wording import formula, measure_name, number, unit_name

_SHORT, _LONGEST_QUESTION = 120, 400
_FIGURES, _DOCUMENTS = 7, 12
_MARK = re.compile(r"\[(\d{1,3})\]")
_MARKS = re.compile(r"(?:\[\d{1,3}\])+[.,;:!?…)]*")


def log(texts: Texts, newest: str) -> str:
    """The newest card, or the welcome, where a screen reader learns of it."""
    label = safe(texts("ask.answers"))
    return f'<div class="ks-log" role="log" aria-live="polite" aria-label="{label}">{newest}</div>'


def earlier(texts: Texts, cards: Sequence[str]) -> str:
    """The cards before the newest one, the newest of them first."""
    if not cards:
        return ""
    title = safe(texts("ask.earlier_answers"))
    return (
        f'<section class="ks-log" aria-label="{title}"><p class="ks-divider" aria-hidden="true">{title}</p>'
        f"{''.join(reversed(cards))}</section>"
    )


def suggested(texts: Texts, questions: Sequence[tuple[str, str]], *, is_refusal: bool) -> str:
    """Questions to go on with, each as its text and its address; nothing where there are none."""
    if not questions:
        return ""
    title = safe(texts("ask.suggested_instead" if is_refusal else "ask.suggested"))
    return f'<nav class="ks-next" aria-label="{title}"><p>{title}</p>{asking_links(questions)}</nav>'


def asking_links(questions: Sequence[tuple[str, str]]) -> str:
    """A list of links that ask; ``ask.js`` lets them ask within the conversation."""
    items = "".join(f'<li><a class="ks-asks" href="{safe(to)}">{safe(text)}</a></li>' for text, to in questions)
    return f"<ul>{items}</ul>"


def welcome(texts: Texts, sources: Sequence[Source]) -> str:
    """What stands where the first answer will be: what is held, and what to expect."""
    if not sources:
        return f'<div class="ks-card ks-quiet"><p>{safe(texts("ask.nothing_held"))}</p></div>'
    held = "".join(f"<li>{safe(source.title)}</li>" for source in sources[:_DOCUMENTS])
    rest = len(sources) - _DOCUMENTS
    more = f"<li>{safe(texts('ask.welcome_more', count=rest))}</li>" if rest > 0 else ""
    return (
        f'<div class="ks-card ks-quiet"><p>{safe(texts("ask.welcome"))}</p>'
        f"<p>{safe(texts('ask.welcome_held'))}</p><ul>{held}{more}</ul></div>"
    )


def message_card(question: str, message: str, turn: int) -> str:
    """A card for a question that cannot be worked on."""
    return (
        f'<article class="ks-card ks-message" id="yanit-{turn}" tabindex="-1">{_question(cut(question, _SHORT))}'
        f'<p class="ks-text" role="alert">{safe(message)}</p></article>'
    )


def answer_card(texts: Texts, answer: Answer, turn: int, foot: str = "", address: str = "", only: str = "") -> str:
    """The card of an answer: the figures large, the text with its citation marks, or a refusal that helps on.

    Args:
        texts: the wording.
        answer: the answer.
        turn: its number in the conversation.
        foot: HTML of :func:`tools` and the explanation.
        address: opens the answer again.
        only: what the search was narrowed down to; empty where all was searched.
    """
    begin = f'id="yanit-{turn}" tabindex="-1" data-link="{safe(address)}"'
    if answer.status == "abstained":
        narrowed = f'<p class="ks-hint">{safe(texts("ask.refusal_filtered", chosen=only))}</p>' if only else ""
        nearest = texts("ask.refusal_nearest") if answer.citations or answer.passages else ""
        return (
            f'<article class="ks-card ks-refusal" {begin}>{_question(answer.question)}'
            f"<h3>{safe(texts('ask.refusal'))}</h3>"
            f'<p class="ks-text">{_text(texts, answer, turn)}</p>{narrowed}'
            f'<p class="ks-hint">{safe(texts("ask.refusal_hint"))} {safe(nearest)}</p>{foot}</article>'
        )
    confidence = texts("ask.confidence", percent=round(answer.confidence * 100))
    return (
        f'<article class="ks-card" {begin}>{_question(answer.question)}{_figures(texts, answer, turn)}'
        f'<p class="ks-text">{_text(texts, answer, turn)}</p>'
        f"{picture(texts, answer, lambda n: citation_mark(texts, n, turn))}"
        f'<p class="ks-hint">{safe(confidence)}</p>{foot}</article>'
    )


def chosen(filters: Filters, titles: Mapping[str, str]) -> str:
    """What filters narrow a search down to; documents by their titles."""
    return " · ".join(
        [*filters.municipalities, *(titles.get(name, name) for name in filters.documents), *map(str, filters.years)]
    )


def tools(texts: Texts, text: str, address: str) -> str:
    """Buttons that copy an answer and its address; without leave to copy, ``ask.js`` shows the field to copy from."""
    return (
        f'<div class="ks-tools-row"><button type="button" class="ks-copy" data-text="{safe(text)}">'
        f"{safe(texts('ask.copy_answer'))}</button>"
        f'<button type="button" class="ks-copy" data-link="{safe(address)}">{safe(texts("ask.copy_link"))}</button>'
        f'<span role="status" data-done="{safe(texts("ask.copied"))}" data-select="{safe(texts("ask.copy_by_hand"))}">'
        f'</span><textarea readonly hidden rows="4" aria-label="{safe(texts("ask.copy_field"))}"></textarea></div>'
    )


def citation_mark(texts: Texts, n: int, turn: int) -> str:
    """The mark of a citation, which leads to its place beside the conversation."""
    return f'<a class="ks-chip" href="#kaynak-{turn}-{n}" aria-label="{safe(texts("ask.source", n=n))}">{n}</a>'


def _figures(texts: Texts, answer: Answer, turn: int) -> str:
    """The figures, the first one large; of a series, which a chart shows, only the newest, of a list none."""
    if is_list(answer):
        return ""
    # What is computed is what was asked for; what it was computed from comes after it.
    shown = tuple(sorted(answer.figures, key=lambda figure: figure.computed is None)[:_FIGURES])
    rest = len(answer.figures) - len(shown)
    if is_series(answer):
        newest = max(figure.year or 0 for figure in answer.figures)
        shown, rest = tuple(figure for figure in answer.figures if figure.year == newest), 0
    sides = len({figure.municipality for figure in shown}) == len(shown) > 1  # municipalities side by side
    tiles = "".join(_figure(texts, figure, answer, turn, first=sides or n == 0) for n, figure in enumerate(shown))
    more = f'<p class="ks-hint">{safe(texts("ask.more_figures", count=rest))}</p>' if rest else ""
    return f'<div class="ks-figures{" ks-sides" if sides else ""}">{tiles}</div>{more}' if tiles else ""


def _question(question: str) -> str:
    return f'<h2 class="ks-question">{safe(cut(question, _LONGEST_QUESTION))}</h2>' if question.split() else ""


def _text(texts: Texts, answer: Answer, turn: int) -> str:
    known = {citation.n for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        return citation_mark(texts, int(match[1]), turn) if int(match[1]) in known else match[0]

    def together(match: re.Match[str]) -> str:
        return f'<span class="ks-together">{_MARK.sub(link, match[0])}</span>'

    return _MARKS.sub(together, safe(answer.text)).replace("\n", "<br>")


def _figure(texts: Texts, figure: AnswerFigure, answer: Answer, turn: int, *, first: bool) -> str:
    turkish = format_number(figure.value)
    shown = number(figure.value, texts.language)
    percent = ("%{}" if texts.language == "tr" else "{}%").format(shown) if figure.unit == "%" else shown
    named = "" if figure.unit in (None, "%") else unit_name(figure.unit, texts.language)
    unit = f' <span class="ks-unit">{safe(named)}</span>' if named else ""
    bare = figure.year is None and figure.measure in ("count", "other")  # "değeri" alone tells nothing
    about = "" if bare else f'<div class="ks-about">{safe(measure_name(figure, texts.language))}</div>'
    origin = ""
    label = figure.label
    if figure.computed is not None:
        operands = {answer.figures[at].label for at in figure.computed.operands if at < len(answer.figures)}
        if label == figure.computed.formula:  # it is told below, as people write it
            label = operands.pop() if len(operands) == 1 else ""
        is_counted = figure.computed.formula.startswith("count(")
        origin = texts("ask.counted") if is_counted else texts("ask.computed", formula=formula(figure, texts.language))
    elif figure.text not in (turkish, f"%{turkish}"):
        origin = texts("ask.as_printed", text=figure.text)
    known = any(citation.n == figure.citation for citation in answer.citations)
    told = f'<div class="ks-formula">{safe(origin)}</div>' if origin else ""
    return (
        f'<div class="ks-figure{" ks-first" if first else ""}">{about}'
        f'<div class="ks-value">{safe(percent)}{unit}</div><div class="ks-label">{safe(label)} '
        f"{citation_mark(texts, figure.citation, turn) if known else ''}</div>"
        f'<div class="ks-owner">{safe(figure.municipality)}</div>{told}</div>'
    )
