"""Why an answer is what it is: how its question was understood, and what spoke for the places that it rests on."""

from __future__ import annotations

from app.web.elements import cut, place, safe
from app.web.texts import Texts
from qa.explaining import understood, weighed
from qa.records import Answer, Hit, Question

_PLACES, _LONGEST = 3, 300


def why(texts: Texts, question: Question, answer: Answer) -> str:
    """The explanation, to be unfolded.

    Args:
        texts: the wording.
        question: as the engine understood it.
        answer: its answer.
    """
    lines = "".join(
        f"<div><dt>{safe(name)}</dt><dd>{safe(cut(value, _LONGEST))}</dd></div>"
        for name, value in understood(question, texts.language)
    )
    shown = min(_PLACES, len(answer.citations) or _PLACES)  # what is cited stands first
    places = "".join(_place(texts, hit) for hit in answer.passages[:shown])
    evidence = f"<h3>{safe(texts('ask.why_places'))}</h3><ol>{places}</ol>" if places else ""
    return (
        f'<details class="ks-why"><summary>{safe(texts("ask.why"))}</summary>'
        f"<h3>{safe(texts('ask.why_question'))}</h3><dl>{lines}</dl>{evidence}</details>"
    )


def _place(texts: Texts, hit: Hit) -> str:
    passage = hit.passage
    heading = passage.context[-1] if passage.context else passage.document
    where = place(texts, passage.line_start, passage.line_end, passage.page)
    reasons = "; ".join(weighed(hit, texts.language))
    told = f"<br>{safe(reasons)}" if reasons else ""
    return f"<li><strong>{safe(cut(heading, _LONGEST))}</strong>, {safe(where)}{told}</li>"
