"""Shares and ratios of cells of one table: what part of the staff are women, how many times the other one is.

The part and the whole (or the two things set against each other) are two cells that share a row or a column. A whole
is the row or column of totals, known by its name or because it adds up the others. A share that the source prints
itself goes first. Where the whole is the budget, it is the largest total of the document for that year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from indexer.index import Index
from indexer.records import Fact
from indexer.turkish import ascii_key, keys
from indexer.units import find_unit
from qa.answering.draft import Draft
from qa.answering.lines import Line, is_whole, lines_of
from qa.answering.ranking import found_of, measure_fit
from qa.answering.row_question import scope_of, with_same
from qa.answering.row_words import means, word_pattern
from qa.features import FeatureReader
from qa.records import Question
from qa.row_wording import operand_sentence
from qa.wording import computed_sentence, figure_sentence

_LEAST_COVERED = 0.65  # share of the question's words that the two cells and their title must have
_TITLE = 0.8  # what a word counts that only the title has
_LEAST_EXACT = 0.5  # share of the words of a row's name that the question must have
_TOTAL = 0.9  # how exactly the row or column of totals is the one meant where the question names none
_SURE = 0.9
_COUNTING = ("adet", "kişi")


@dataclass(frozen=True, slots=True)
class _Cell:
    line: Line
    fact: Fact
    row: frozenset[str]  # keys of the row's label
    column: frozenset[str]
    total_row: bool
    total_column: bool

    @property
    def words(self) -> frozenset[str]:
        return self.row | self.column


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two cells: part and whole, or the first and the second of a ratio."""

    part: _Cell
    whole: _Cell
    score: float
    coverage: float


def proportion_draft(question: Question, index: Index, reader: FeatureReader) -> Draft | None:
    """A share or a ratio with its two operands; None where none is asked for or no two cells are the ones meant.

    Args:
        question: the question as understood.
        index: the index whose tables are read.
        reader: weighs words by their rarity.
    """
    if len(question.municipalities) > 1:
        return None
    share = "share" in question.wants and asks_share(question)
    pair = _share(question, index, reader) if share else _ratio(question, index, reader)
    if pair is None:
        return None
    draft = Draft(index)
    printed = _printed(pair.part, question, reader) if share else None
    if printed is not None:
        figure = draft.add(found_of(printed, pair.part.line, pair.coverage, _SURE))
        amount = draft.add(found_of(pair.part.fact, pair.part.line, pair.coverage, _SURE))
        draft.text = " ".join(figure_sentence(one, question.language) for one in (figure, amount))
        return draft
    part, whole = (draft.add(found_of(one.fact, one.line, pair.coverage, _SURE)) for one in (pair.part, pair.whole))
    if len(draft.figures) < 2 or not whole.value:
        return None
    if share:
        value = (part.value / whole.value * 100).quantize(Decimal("0.1"))
        result = draft.compute(value, f"{part.value} / {whole.value} * 100", (part, whole), "%")
    else:
        value = (part.value / whole.value).quantize(Decimal("0.01"))
        result = draft.compute(value, f"{part.value} / {whole.value}", (part, whole), "kat")
    sentences = [computed_sentence(result, question.language)]
    sentences += [operand_sentence(figure, question.language) for figure in (part, whole)]
    draft.text = " ".join(sentences)
    return draft


def asks_share(question: Question) -> bool:
    """Whether a share is asked for in per cent."""
    return word_pattern("parts", "asked").search(ascii_key(question.query_text or question.text)) is not None


def _share(question: Question, index: Index, reader: FeatureReader) -> _Pair | None:
    whole, part = _split(question)
    if not part:
        return None
    pairs = [
        pair
        for document in scope_of(question, index)
        if whole
        for cells in _grids(question, document, index)
        for pair in _shares(cells, whole, part, reader)
    ]
    best = max(pairs, key=lambda pair: pair.score, default=None)
    return best or _of_budget(question, part, index, reader)


def _split(question: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of the whole and those of the part: "çalışanların | yüzde kaçı | kadın", "giderleri bütçenin | …"."""
    text = question.query_text or question.text
    match = word_pattern("parts", "asked").search(ascii_key(text))
    if match is None:
        return (), ()
    before = _topical(question, text[: match.start()])
    after = _topical(question, text[match.end() :])
    if after:
        return before, after
    return before[-1:], before[:-1]


def _topical(question: Question, text: str) -> tuple[str, ...]:
    frame = word_pattern("parts", "frame")
    own = (word for word in keys(text) if word in question.content and not word.isdigit())
    return tuple(word for word in dict.fromkeys(own) if not frame.fullmatch(word))


def _ratio(question: Question, index: Index, reader: FeatureReader) -> _Pair | None:
    """The two things that "A, B'nin kaç katı" sets against each other."""
    if "ratio" not in question.wants:
        return None
    content = _topical(question, question.query_text or question.text)
    pairs: list[_Pair] = []
    for document in scope_of(question, index):
        for cells in _columns(question, document, index):
            pairs += _ratios(cells, content, reader)
        for cells in _grids(question, document, index):
            rows: dict[int, list[_Cell]] = {}
            for cell in cells:
                rows.setdefault(id(cell.line.row), []).append(cell)
            for row in rows.values():
                pairs += _ratios(row, content, reader, across=True)
    return max(pairs, key=lambda pair: pair.score, default=None)


def _columns(question: Question, document: str, index: Index) -> Iterator[list[_Cell]]:
    """The cells of rows of one form under one column, over all tables of the form."""
    groups: dict[tuple[object, ...], list[_Cell]] = {}
    for line in lines_of(index, document):
        for fact in line.facts if not line.attribute else ():
            if _is_meant(fact, question):
                key = (line.form, fact.column, fact.year, fact.measure, fact.unit)
                groups.setdefault(key, []).append(_cell(line, fact, frozenset()))
    yield from groups.values()


def _is_meant(fact: Fact, question: Question) -> bool:
    year = not question.years or fact.year is None or fact.year in question.years
    return fact.unit != "%" and year and (not question.measures or measure_fit(fact, question) > 0)


def _cell(line: Line, fact: Fact, totals: Set[str]) -> _Cell:
    column = means("sums", "whole", fact.column) or fact.column in totals
    return _Cell(line, fact, with_same(keys(line.name)), with_same(keys(fact.column)), line.total, column)


def _grids(question: Question, document: str, index: Index) -> Iterator[list[_Cell]]:
    """The cells of each table with two values or more, those of other years or measures left out."""
    grids: dict[int, list[Line]] = {}
    for line in lines_of(index, document):
        if not line.attribute:
            grids.setdefault(id(line.table), []).append(line)
    for lines in grids.values():
        single = {fact.column for line in lines for fact in line.facts}
        totals = _total_columns(lines) | (single if len(single) == 1 else set())
        cells = [_cell(line, fact, totals) for line in lines for fact in line.facts if _is_meant(fact, question)]
        if len(cells) > 1:
            yield cells


def _total_columns(lines: Iterable[Line]) -> set[str]:
    """The columns that add up the others of their row, by name or in fact (in two rows or more)."""
    adds: dict[str, list[bool]] = {}
    for line in lines:
        if len(line.facts) < 3:
            continue
        total = sum((fact.figure.value for fact in line.facts), Decimal(0))
        for fact in line.facts:
            adds.setdefault(fact.column, []).append(fact.figure.value * 2 == total and total > 0)
    return {column for column, sums in adds.items() if len(sums) > 1 and all(sums)}


def _shares(
    cells: Sequence[_Cell], whole: Sequence[str], part: Sequence[str], reader: FeatureReader
) -> Iterator[_Pair]:
    """Each cell that the question names as the part, with the total of its row or column."""
    title = with_same(keys(" ".join((cells[0].line.table.title, *cells[0].line.table.context))))
    content = (*whole, *part)
    for one in cells:
        for other in cells:
            if not _is_whole_of(one, other):
                continue
            across = one.line.row is other.line.row
            own, shared = (one.column, one.row) if across else (one.row, one.column)
            is_total = one.total_row if across else one.total_column
            if not own & set(part) or not (is_total or shared & set(content)):
                continue
            inside = reader.coverage(content, one.words | other.words)
            coverage = inside + _TITLE * (reader.coverage(content, one.words | other.words | title) - inside)
            if coverage < _LEAST_COVERED or reader.coverage(part, one.words) < _LEAST_COVERED:
                continue
            exact = reader.coverage(_words(one, across), content) + 0.1 * (one.fact.measure in ("actual", "spending"))
            yield _Pair(
                one, other, coverage + 0.3 * exact + 0.3 * _exactness(one, not across, content, reader), coverage
            )


def _words(cell: _Cell, across: bool) -> list[str]:
    return keys(cell.fact.column if across else cell.line.name)


def _exactness(cell: _Cell, across: bool, content: Sequence[str], reader: FeatureReader) -> float:
    """How exactly the row or the column that two cells share is the one meant; that of totals is, unless named."""
    if cell.total_column if across else cell.total_row:
        return _TOTAL
    return reader.coverage(tuple(dict.fromkeys(_words(cell, across))), with_same(content))


def _is_whole_of(part: _Cell, whole: _Cell) -> bool:
    if part is whole or not _of_one_unit(part, whole):
        return False
    if whole.fact.figure.value < part.fact.figure.value or not whole.fact.figure.value:
        return False
    if part.line.row is whole.line.row:
        return whole.total_column and not part.total_column and part.fact.measure == whole.fact.measure
    same = (part.fact.column, part.fact.year) == (whole.fact.column, whole.fact.year)
    return same and whole.total_row and not part.total_row


def _ratios(
    cells: Sequence[_Cell], content: Sequence[str], reader: FeatureReader, across: bool = False
) -> Iterator[_Pair]:
    """Two cells of a column (``across``: of a row) of which the first is named before the second."""
    for first, second in permutations([cell for cell in cells if _own(cell, across) & set(content)], 2):
        if not _of_one_unit(first, second) or not second.fact.figure.value:
            continue
        one, other = _own(first, across), _own(second, across)
        firsts = [place for place, word in enumerate(content) if word in one - other]
        seconds = [place for place, word in enumerate(content) if word in other - one]
        if not firsts or not seconds or max(firsts) > min(seconds):
            continue
        title = with_same(keys(" ".join((first.line.table.title, *first.line.table.context))))
        held = first.words | second.words
        inside = reader.coverage(content, held)
        coverage = inside + _TITLE * (reader.coverage(content, held | title) - inside)
        if coverage < _LEAST_COVERED:
            continue
        exact = sum(
            reader.coverage(tuple(dict.fromkeys(_words(cell, across))), with_same(content)) for cell in (first, second)
        )
        if exact < 2 * _LEAST_EXACT:
            continue
        yield _Pair(
            first, second, coverage + 0.3 * exact + 0.3 * _exactness(first, not across, content, reader), coverage
        )


def _of_one_unit(one: _Cell, other: _Cell) -> bool:
    """Whether two cells can be set against each other: of the same unit, or both counts of things or people."""
    return one.fact.unit == other.fact.unit or not (_measures(one.fact.unit) or _measures(other.fact.unit))


def _measures(unit: str | None) -> bool:
    known = find_unit(unit) if unit is not None else None
    return known is not None and known.measure and known.name not in _COUNTING


def _own(cell: _Cell, across: bool) -> frozenset[str]:
    return cell.column if across else cell.row


def _of_budget(question: Question, content: Sequence[str], index: Index, reader: FeatureReader) -> _Pair | None:
    """A part of the whole budget: the row that the question names best, and the document's largest total."""
    if not {"budget", "spending"} & set(question.measures):
        return None
    best: _Pair | None = None
    for document in scope_of(question, index):
        year = question.years[0] if question.years else index.documents[document].source.year
        cells = [
            (line, fact)
            for line in lines_of(index, document)
            for fact in line.facts
            if fact.unit == "TL" and fact.measure in question.measures and fact.year == year
        ]
        wholes = [item for item in cells if is_whole(item[0])]
        if not wholes:
            continue
        whole = _cell(*max(wholes, key=lambda item: item[1].figure.value), frozenset())
        for line, fact in cells:
            name = keys(f"{line.name} {line.attribute}")
            last = fact is line.facts[-1] or means("sums", "whole", fact.column)
            if line.total or line.form[0] == "items" or not last or reader.coverage(content, name) < 1 - 1e-9:
                continue
            score = reader.coverage(name, content) + float(fact.figure.value / whole.fact.figure.value) / 100
            if fact.figure.value <= whole.fact.figure.value and (best is None or score > best.score):
                best = _Pair(_cell(line, fact, frozenset()), whole, score, 1.0)
    return best if best is not None and best.score >= _LEAST_EXACT else None


def _printed(part: _Cell, question: Question, reader: FeatureReader) -> Fact | None:
    """The share that the row of the part prints itself."""
    pattern = word_pattern("parts", "printed")
    shares = [fact for fact in part.line.facts if fact.unit == "%" and pattern.search(ascii_key(fact.column))]
    asked = keys(question.text)
    return max(shares, key=lambda fact: reader.coverage(asked, keys(fact.column)), default=None)
