"""Two drafts made one: the answers to the halves of a question, with their citations numbered anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.draft import Draft

_MARK = re.compile(r"\[(\d+)\]")


def joined_draft(drafts: Sequence[Draft]) -> Draft:
    """One draft that tells what ``drafts`` tell, in their order; as sure as the least sure of them."""
    whole = Draft(drafts[0].index, confidence=min(draft.confidence for draft in drafts))
    texts: list[str] = []
    for draft in drafts:
        marks = {one.n: whole.cite(one.document, one.span, one.context) for one in draft.citations}
        texts.append(_MARK.sub(lambda found, marks=marks: _renumbered(found, marks), draft.text))  # type: ignore[misc]
        places: list[int] = []
        for figure in draft.figures:
            told = replace(figure, citation=marks[figure.citation])
            if told.computed is not None:
                operands = tuple(places[place] for place in told.computed.operands)
                told = replace(told, computed=replace(told.computed, operands=operands))
            if told not in whole.figures:
                whole.figures.append(told)
            places.append(whole.figures.index(told))
        whole.found += [one for one in draft.found if one not in whole.found]
    whole.text = " ".join(dict.fromkeys(texts))
    return whole


def _renumbered(found: re.Match[str], marks: dict[int, int]) -> str:
    number = int(found[1])
    return f"[{marks.get(number, number)}]"
