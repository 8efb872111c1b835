"""What the command line prints: for people in colour on a terminal, for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from indexer.build import BuildReport
from indexer.records import Document, Table
from indexer.storing.generations import Manifest
from indexer.storing.removal import Removal
from indexer.storing.verification import Verified
from qa.explaining import explain, weighed
from qa.records import Answer, Hit, Question
from qa.serialise import answer_object, hit_object, table_object
from qa.wording import amount, measure_name

Report = Callable[[str, int, int], None]

STAGES = {"reading": "Belgeler okunuyor", "encoding": "Bölümler gömülüyor", "answering": "Sorular yanıtlanıyor"}
_COUNTS = {
    "documents": "belge",
    "passages": "bölüm",
    "tables": "tablo",
    "rows": "satır",
    "ambiguous rows": "belirsiz satır",
    "facts": "olgu",
}


def build_report(report: BuildReport, folder: Path) -> None:
    """What a build did, the documents that failed last."""
    counts = ", ".join(f"{report.counts.get(name, 0)} {word}" for name, word in _COUNTS.items())
    print(f"{folder}: {'dizin kuruldu' if report.changed else 'dizin güncel'} ({counts}).")
    if report.changed:
        taken_over = len(report.documents) - len(report.worked)
        print(f"  {len(report.worked)} belge işlendi, {taken_over} belge önceki çalışmalardan alındı.")
    for name in report.worked:
        print(f"  işlendi: {name}")
    for file, note in report.notes:
        print(f"  not: {note if file in note else f'{file}: {note}'}")
    for file, reason in report.failures:
        print(f"  alınamadı: {reason if file in reason else f'{file}: {reason}'}")


def verified(folder: Path, found: Verified) -> None:
    """That the index is whole."""
    documents, size = len(found.manifest.documents), found.size / 2**20
    print(f"{folder}: dizin sağlam ({found.files} dosya, {documents} belge, {size:.1f} MiB).")
    print(f"  {found.generations} sürüm, {found.parts} belge parçası denetlendi; model {found.manifest.encoder}.")
    for place in found.left_over:
        print(f"  artık: {place} (dizinin parçası değil; bir sonraki kentesor index temizler)")


def rolled_back(folder: Path, manifest: Manifest) -> None:
    """That an older generation is in use."""
    print(f"{folder}: önceki sürüme dönüldü ({len(manifest.documents)} belge: {', '.join(manifest.documents)}).")
    print("  Bir sonraki kentesor index belge klasörünün bugünkü durumunu yeniden kurar.")


def removed(folder: Path, removal: Removal) -> None:
    """What was removed, and what the user has to do besides."""
    rest = f"{len(removal.left)} belge kaldı" if removal.left else "başka belge kalmadığı için dizin silindi"
    print(f"{folder}: {removal.document} dizinden çıkarıldı; {rest}.")
    if removal.generations and removal.left:
        back = "" if removal.can_roll_back else "; geri dönülecek sürüm kalmadı"
        print(f"  Belgeyi taşıyan {removal.generations} sürüm silindi{back}.")
    print("  Belgenin dosyasını belge klasöründen de silin: durdukça bir sonraki kentesor index onu yeniden alır.")


def answer(given: Answer, as_json: bool) -> None:
    """An answer with its figures and citations."""
    if as_json:
        return _json(answer_object(given))
    console = Console(highlight=False)
    console.print(escape(given.text), style="bold" if given.status == "answered" else "yellow")
    if given.figures:
        grid = Grid("Belediye", "Gösterge", "Dönem", "Değer", "Kaynak")
        for figure in given.figures:
            cells = (
                figure.municipality,
                figure.label,
                measure_name(figure, "tr"),
                amount(figure),
                f"[{figure.citation}]",
            )
            grid.add_row(*(escape(cell) for cell in cells))
        console.print(grid)
    for citation in given.citations:
        first, last = citation.line_start, citation.line_end
        lines = f"satır {first}" if first == last else f"satır {first}-{last}"
        page = "" if citation.page is None else f", sayfa {citation.page}"
        console.print(f"{escape(f'[{citation.n}]')} {escape(citation.title)}, {lines}{page}", style="cyan")
        console.print(escape(citation.quote), style="dim")
    return None


def explanation(question: Question, given: Answer) -> None:
    """How the question was understood, and what the first passages were weighed by."""
    console = Console(highlight=False)
    console.print("Sorunun anlaşılması", style="bold")
    for line in explain(question):
        console.print(f"  {escape(line)}")
    console.print("Öne çıkan bölümler", style="bold")
    for hit in given.passages[:5]:
        passage = hit.passage
        place = f"{passage.document}:{passage.line_start}-{passage.line_end}"
        console.print(escape(f"  {place}  puan {hit.score:.2f}: {'; '.join(weighed(hit, 'tr'))}"))


def hits(found: Sequence[Hit], as_json: bool) -> None:
    """Passages, best first."""
    if as_json:
        return _json([hit_object(hit) for hit in found])
    console = Console(highlight=False)
    for number, hit in enumerate(found, 1):
        passage = hit.passage
        place = f"{passage.document}:{passage.line_start}-{passage.line_end}"
        console.print(f"{number}. {place}  {hit.score:.3f}  {escape(' › '.join(passage.context))}", style="cyan")
        console.print(escape(passage.text.strip()), style="dim")
    return None


def tables(document: Document, found: Sequence[Table], as_json: bool) -> None:
    """The tables of a document; as JSON one a line."""
    console = Console(highlight=False)
    for table in found:
        if as_json:
            print(json.dumps(table_object(document, table), ensure_ascii=False))
            continue
        grid = Grid("", "Birim", *(escape(column.name) for column in table.columns), title=escape(table.title))
        for row in table.rows:
            cells = (escape(cell.text) if cell else "" for cell in row.cells)
            grid.add_row(escape(row.label) + (" ?" if row.ambiguous else ""), escape(row.unit or ""), *cells)
        console.print(grid)


def _json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
