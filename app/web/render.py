"""Turns answers into HTML. Everything that comes from a document or from a user passes through :func:`safe`."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence

from app.web.excerpt import Excerpt, excerpt
from indexer.figures import format_number
from indexer.records import Source, Span
from qa.records import Answer, AnswerFigure, Citation, Hit
from qa.wording import measure_name

DocumentText = Callable[[str], str]
"""The text of a document by its id; raises KeyError for a document that is not there."""

_SHORT, _LONGEST_QUESTION, _LONGEST_QUOTE, _LONGEST_NEAREST = 120, 400, 1800, 500
_NEAREST, _FIGURES = 3, 7
_TEMPLATE_SIGNS = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;"})
_MARK = re.compile(r"\[(\d{1,3})\]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def safe(text: str) -> str:
    """The text as HTML that shows it and does nothing else.

    Braces, dollar signs and backticks become entities as well: Gradio's HTML component reads templates.
    """
    return html.escape(text, quote=True).translate(_TEMPLATE_SIGNS)


def conversation(cards: Sequence[str], welcome: str) -> str:
    """The answer cards, the newest first; ``welcome`` where there are none."""
    content = "".join(reversed(cards)) or welcome
    return f'<div class="ks-log" role="log" aria-live="polite" aria-label="Yanıtlar">{content}</div>'


def header(name: str, sources: Sequence[Source]) -> str:
    """The name of the app and how much it has read."""
    municipalities = len({source.municipality for source in sources})
    return (
        f'<header class="ks-header"><h1>{safe(name)}</h1><p>Belediyelerin plan ve raporlarına sorun; her rakam '
        f'belgedeki yeriyle.</p><p class="ks-count">{municipalities} belediye · {len(sources)} belge</p></header>'
    )


def welcome(sources: Sequence[Source]) -> str:
    """What stands where the first answer will be: what is held, and what to expect."""
    if not sources:
        return '<div class="ks-card ks-quiet"><p>Dizinde belge yok. Önce belgeleri dizine ekleyin.</p></div>'
    held = "".join(f"<li>{safe(source.title)}</li>" for source in sources[:12])
    more = f"<li>ve {len(sources) - 12} belge daha</li>" if len(sources) > 12 else ""
    return (
        '<div class="ks-card ks-quiet"><p>Sorunuzu yazın ya da bir örneği seçin. Yanıttaki her rakam, belgede geçtiği '
        "satırla birlikte gösterilir; belgelerde olmayan bir şey sorulursa bu açıkça söylenir.</p>"
        f"<p>Bakılan belgeler:</p><ul>{held}{more}</ul></div>"
    )


def message_card(question: str, message: str) -> str:
    """A card for a question that cannot be worked on."""
    return (
        f'<article class="ks-card ks-message">{_question(_cut(question, _SHORT))}'
        f'<p class="ks-text" role="alert">{safe(message)}</p></article>'
    )


def answer_card(answer: Answer, turn: int) -> str:
    """The card of an answer: the figures large, the text with its citation marks, or a refusal that helps on."""
    if answer.status == "abstained":
        hint = "Belediyenin adını, yılı ya da göstergeyi belgede geçtiği gibi yazarak yeniden deneyebilirsiniz."
        nearest = (
            " Bulunan en yakın bölümler kaynaklar bölümünde; bunlar yanıt değildir." if _has_places(answer) else ""
        )
        return (
            f'<article class="ks-card ks-refusal">{_question(answer.question)}<h3>Belgelerde yanıt bulunamadı</h3>'
            f'<p class="ks-text">{_text(answer.text, turn, answer)}</p><p class="ks-hint">{hint}{nearest}</p></article>'
        )
    figures = "".join(_figure(figure, answer, turn, first=n == 0) for n, figure in enumerate(answer.figures[:_FIGURES]))
    figures = f'<div class="ks-figures">{figures}</div>' if figures else ""
    rest = len(answer.figures) - _FIGURES
    more = f'<p class="ks-hint">ve {rest} rakam daha; yanıtın metninde ve kaynaklarda.</p>' if rest > 0 else ""
    return (
        f'<article class="ks-card">{_question(answer.question)}'
        f"{figures}{more}"
        f'<p class="ks-text">{_text(answer.text, turn, answer)}</p>'
        f'<p class="ks-hint">Güven: %{round(answer.confidence * 100)}</p></article>'
    )


def sources_panel(answer: Answer, turn: int, text_of: DocumentText, titles: Mapping[str, str]) -> str:
    """The places of one answer in their surroundings; for a refusal the nearest passages, named as such.

    Args:
        answer: the answer.
        turn: its number in the conversation; the marks in its card link to the places by it.
        text_of: gives the text of a document.
        titles: the titles of the documents by id.
    """
    if answer.citations:
        items = "".join(_citation(citation, answer, turn, text_of) for citation in answer.citations)
    else:
        items = "".join(_nearest(hit, n, titles) for n, hit in enumerate(answer.passages[:_NEAREST], 1))
    if not items:
        return ""
    heading = "Kaynaklar" if answer.status == "answered" else "En yakın bölümler (yanıt değil)"
    return f'<h3>{heading}</h3><p class="ks-for">{safe(_cut(answer.question, _SHORT))}</p>{items}'


def panel(places: Sequence[tuple[str, str]]) -> str:
    """The sources beside the chat: those of the newest answer open, those of earlier ones to be unfolded.

    Args:
        places: the question and its :func:`sources_panel` of each answer, the newest first.
    """
    if not places:
        return '<div class="ks-panel ks-quiet"><h3>Kaynaklar</h3><p>Yanıtın geçtiği yerler burada görünür.</p></div>'
    newest = places[0][1] or "<h3>Kaynaklar</h3><p>Bu soru için gösterilecek kaynak yok.</p>"
    folded = "".join(
        f"<details><summary>Önceki: {safe(_cut(question, _SHORT))}</summary>{content}</details>"
        for question, content in places[1:]
        if content
    )
    return f'<div class="ks-panel">{newest}{folded}</div>'


def _has_places(answer: Answer) -> bool:
    return bool(answer.citations or answer.passages)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()} …"


def _question(question: str) -> str:
    return f'<h2 class="ks-question">{safe(_cut(question, _LONGEST_QUESTION))}</h2>' if question.split() else ""


def _text(text: str, turn: int, answer: Answer) -> str:
    known = {citation.n for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        return _chip(int(match[1]), turn) if int(match[1]) in known else match[0]

    return _MARK.sub(link, safe(text)).replace("\n", "<br>")


def _chip(n: int, turn: int) -> str:
    return f'<a class="ks-chip" href="#kaynak-{turn}-{n}" aria-label="Kaynak {n}">{n}</a>'


def _figure(figure: AnswerFigure, answer: Answer, turn: int, *, first: bool) -> str:
    number = f"{'%' if figure.unit == '%' else ''}{format_number(figure.value)}"
    unit = f' <span class="ks-unit">{safe(figure.unit)}</span>' if figure.unit not in (None, "%") else ""
    bare = figure.year is None and figure.measure in ("count", "other")  # "değeri" alone tells nothing
    about = "" if bare else f'<div class="ks-about">{safe(measure_name(figure, "tr"))}</div>'
    origin = ""
    if figure.computed is not None:
        origin = f'<div class="ks-formula">hesaplandı: {safe(figure.computed.formula)}</div>'
    elif figure.text != number:
        origin = f'<div class="ks-formula">belgede: {safe(figure.text)}</div>'
    known = any(citation.n == figure.citation for citation in answer.citations)
    return (
        f'<div class="ks-figure{" ks-first" if first else ""}">{about}'
        f'<div class="ks-value">{safe(number)}{unit}</div><div class="ks-label">{safe(figure.label)} '
        f"{_chip(figure.citation, turn) if known else ''}</div>"
        f'<div class="ks-owner">{safe(figure.municipality)}</div>{origin}</div>'
    )


def _citation(citation: Citation, answer: Answer, turn: int, text_of: DocumentText) -> str:
    figures = [figure.text for figure in answer.figures if figure.citation == citation.n and figure.computed is None]
    cut = excerpt(_document(citation.document, text_of), citation.span, citation.quote, figures)
    place = _place(citation.line_start, citation.line_end, citation.page)
    return (
        f'<section class="ks-source" id="kaynak-{turn}-{citation.n}">'
        f'<h4><span class="ks-chip">{citation.n}</span> {safe(citation.title)}</h4>'
        f'{_path(citation.context)}{_excerpt(cut)}<p class="ks-place">{place}</p></section>'
    )


def _nearest(hit: Hit, n: int, titles: Mapping[str, str]) -> str:
    passage = hit.passage
    cut = Excerpt("", _cut(passage.text, _LONGEST_NEAREST), "")
    place = _place(passage.line_start, passage.line_end, passage.page)
    title = titles.get(passage.document, passage.document)
    return (
        f'<section class="ks-source"><h4><span class="ks-chip ks-pale">{n}</span> {safe(title)}</h4>'
        f'{_path(passage.context)}{_excerpt(cut, marked=False)}<p class="ks-place">{place}</p></section>'
    )


def _document(document: str, text_of: DocumentText) -> str:
    try:
        return text_of(document)
    except KeyError:
        return ""


def _place(first: int, last: int, page: int | None) -> str:
    lines = f"satır {first}" if first == last else f"satır {first}–{last}"
    return f"{lines}, sayfa {page}" if page is not None else lines


def _path(context: Sequence[str]) -> str:
    return f'<p class="ks-path">{" › ".join(safe(_cut(title, 160)) for title in context)}</p>' if context else ""


def _excerpt(cut: Excerpt, *, marked: bool = True) -> str:
    tag = "mark" if marked else "span"
    quote, end = [], 0
    for span in (*cut.figures, Span(len(cut.quote), len(cut.quote))):
        quote.append(_verbatim(cut.quote[end : span.start]))
        if span.start < span.end:
            quote.append(f"<strong>{safe(cut.quote[span.start : span.end])}</strong>")
        end = span.end
    return (
        f'<blockquote class="ks-excerpt">{_verbatim(cut.before)}<{tag}>{"".join(quote)}</{tag}>'
        f"{_verbatim(cut.after)}</blockquote>"
    )


def _verbatim(text: str) -> str:
    """Flattened PDFs have a blank line after nearly every line; they are left out."""
    if len(text) > _LONGEST_QUOTE:
        half = _LONGEST_QUOTE // 2
        text = f"{text[:half]} … {text[-half:]}"
    return safe(_BLANK_LINES.sub("\n", text))
