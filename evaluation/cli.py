"""``kentesor evaluate``: measures retrieval, answers and tables, ours or others', and compares the runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table as Grid

from evaluation.questions import DATA, DEVELOPMENT, TABLES, GoldQuestion, read_gold_tables, read_lines, read_questions
from indexer.errors import InputError

if TYPE_CHECKING:
    from evaluation.results import Run
    from evaluation.retrievers import Retriever

Report = Callable[[str, int, int], None]

app = typer.Typer(
    help="Getirmeyi, yanıtları ve tabloları ölçer; koşuları karşılaştırır.", no_args_is_help=True, rich_markup_mode=None
)

STAGES = {"answering": "Sorular soruluyor", "encoding": "Bölümler gömülüyor", "reading": "Tablolar okunuyor"}

QuestionsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="SORULAR", help="Soru dosyaları ya da dev, more, held-out (yoksa dev).")
]
IndexOption = Annotated[Path | None, typer.Option("--index", help="Dizin klasörü (yoksa KENTESOR_INDEX).")]
OutputOption = Annotated[Path, typer.Option("--output", help="Koşu klasörlerinin konacağı klasör.")]
FolderArgument = Annotated[Path, typer.Argument(metavar="KLASÖR", help="Yazılacak klasör.")]
NameOption = Annotated[str | None, typer.Option("--name", help="Koşunun raporlardaki adı.")]
GroupOption = Annotated[str, typer.Option("--group", help="Raporda birlikte gösterilecek koşular: main, peers …")]


@app.command("validate")
def validate_command(
    questions: QuestionsArgument = None,
    tables: Annotated[list[Path] | None, typer.Option("--tables", help="Tablo dosyaları.")] = None,
    corpora: Annotated[Path | None, typer.Option("--corpora", help="Belge klasörü (yoksa dizindeki belgeler).")] = None,
    index: IndexOption = None,
) -> None:
    """Her alıntıyı, satırı, rakamı ve hücreyi belgelerle karşılaştırır."""
    from evaluation.validate import Validator, read_texts
    from indexer.index import open_store

    held = read_texts(corpora) if corpora else {one.id: one.text for one in open_store(index).documents()}
    asked, written = _questions(questions), read_gold_tables(tables or (() if questions else TABLES))
    validator = Validator(held)
    faults = [*validator.questions(asked), *validator.tables(written)]
    for fault in faults:
        print(f"{fault.id}: {fault.message}")
    if faults:
        raise InputError(f"{len(faults)} hata bulundu.")
    print(f"{len(asked)} soru ve {len(written)} tablo denetlendi, hata yok.")


@app.command("retrieval")
def retrieval_command(
    questions: QuestionsArgument = None,
    retriever: Annotated[
        list[str] | None, typer.Option("--retriever", help="kentesor, bm25, dense, hybrid (yoksa kentesor).")
    ] = None,
    without: Annotated[list[str] | None, typer.Option("--without", help="Parçası kapalı kentesor; all: hepsi.")] = None,
    run_file: Annotated[list[Path] | None, typer.Option("--run-file", help="Başka yerde yapılmış TREC koşusu.")] = None,
    answers: Annotated[list[Path] | None, typer.Option("--answers", help="Yanıt dosyası (JSONL).")] = None,
    name: NameOption = None,
    group: GroupOption = "main",
    output: OutputOption = Path("runs"),
    index: IndexOption = None,
) -> None:
    """Getirmeyi ölçer: bizimkini, yalın yöntemleri, başka yerde yapılmış koşuları."""
    from evaluation.ablation import PARTS
    from evaluation.results import save_run
    from evaluation.running import run_retrieval

    asked = _questions(questions)
    parts = PARTS if without == ["all"] else tuple(without or ())
    plain = retriever or ([] if parts or run_file or answers else ["kentesor"])
    if strange := sorted({*plain} - {"kentesor", "bm25", "dense", "hybrid"}):
        raise InputError(f"--retriever {strange[0]}: böyle bir yöntem yok. Olanlar: kentesor, bm25, dense, hybrid")
    if strange := sorted({*parts} - {*PARTS}):
        raise InputError(f"--without {strange[0]}: böyle bir parça yok. Olanlar: all, {', '.join(PARTS)}")
    with _progress() as progress:
        for of, found in _retrievers(index, group, name, plain, parts, run_file or (), answers or (), progress):
            settings = {"questions": _named(questions), "record": getattr(found, "record", {})}
            run, trec = run_retrieval(found, asked, settings, progress, of)
            folder = output / _slug(f"retrieval-{run.name}")
            save_run(run, folder, {"run.trec": trec})
            _show(run, folder)


def _retrievers(
    index: Path | None,
    group: str,
    name: str | None,
    plain: Sequence[str],
    parts: Sequence[str],
    run_files: Sequence[Path],
    answers: Sequence[Path],
    progress: Report,
) -> Iterator[tuple[str, Retriever]]:
    """The retrievers asked for, each with the group of its run, made when its turn comes."""
    from evaluation.ablation import without
    from evaluation.retrievers import AnswersRetriever, EngineRetriever, PlainRetriever, RunFileRetriever, read_answers
    from qa.engine import Engine

    if plain or parts or run_files:
        engine = Engine.open(index)
        for way in plain:
            yield group, EngineRetriever(engine) if way == "kentesor" else PlainRetriever(engine.index, way)
        for part in parts:
            yield "ablation", without(engine, part, progress)
        for path in run_files:
            yield group, RunFileRetriever(path, engine.index, name)
    for path in answers:
        yield group, AnswersRetriever(name or path.stem, read_answers(path))


@app.command("answers")
def answers_command(
    questions: QuestionsArgument = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Başka yerde yapılmış yanıtlar (JSONL).")] = None,
    name: NameOption = None,
    group: GroupOption = "main",
    output: OutputOption = Path("runs"),
    index: IndexOption = None,
) -> None:
    """Yanıtları ölçer: dizine sorarak ya da bir yanıt dosyasından."""
    from evaluation.results import save_run
    from evaluation.retrievers import read_answers
    from evaluation.running import answer_all, answers_text, run_answers
    from indexer.index import open_store
    from qa.engine import Engine

    asked = _questions(questions)
    given: dict[str, dict[str, Any]]
    if answers is None:
        engine = Engine.open(index)
        with _progress() as progress:
            given = answer_all(engine, asked, progress)
        documents = list(engine.index.documents.values())
    else:
        given, documents = read_answers(answers), open_store(index).documents()
    called = name or (answers.stem if answers else "kentesor")
    texts = {document.id: document.text for document in documents}
    run = run_answers(called, given, asked, texts, {"questions": _named(questions)}, group)
    folder = output / _slug(f"answers-{called}")
    save_run(run, folder, {"answers.jsonl": answers_text(given.values())})
    _show(run, folder)


@app.command("tables")
def tables_command(
    tables: Annotated[
        list[Path] | None, typer.Argument(metavar="TABLOLAR", help="Tablo dosyaları (yoksa bizimkiler).")
    ] = None,
    extracted: Annotated[Path | None, typer.Option("--extracted", help="Başka yerde okunmuş tablolar (JSONL).")] = None,
    name: NameOption = None,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Gösterilecek hata sayısı.")] = 0,
    output: OutputOption = Path("runs"),
    index: IndexOption = None,
) -> None:
    """Okunan tabloları elle yazılmış tablolarla karşılaştırır."""
    from evaluation.results import save_run
    from evaluation.running import run_tables
    from indexer.index import open_store
    from qa.serialise import table_object

    gold = read_gold_tables(tables or TABLES)
    if extracted is not None:
        found = [line for _, line in read_lines(extracted)]
    else:
        store = open_store(index)
        wanted = {table.document for table in gold}
        held = [document for document in store.documents() if document.id in wanted]
        found = [table_object(document, table) for document in held for table in store.tables(document.id)]
    called = name or (extracted.stem if extracted else "kentesor")
    run, wrong = run_tables(called, found, gold, {"tables": [path.name for path in tables or TABLES]})
    folder = output / _slug(f"tables-{called}")
    save_run(run, folder, {"errors.txt": "".join(f"{error}\n" for error in wrong)})
    _show(run, folder)
    for error in wrong[:errors]:
        print(error)


@app.command("export")
def export_command(
    folder: FolderArgument,
    questions: QuestionsArgument = None,
    index: IndexOption = None,
) -> None:
    """Soruları, bölümleri ve yargıları BEIR ve TREC biçiminde yazar."""
    from evaluation.export import export
    from evaluation.retrievers import pieces_of
    from indexer.index import Index

    counts = export(_questions(questions), pieces_of(Index.open(index)), folder)
    print(f"{folder}: {counts['passages']} bölüm, {counts['questions']} soru, {counts['judgements']} yargı.")


@app.command("squad")
def squad_command(
    source: Annotated[Path, typer.Argument(metavar="DOSYA", help="SQuAD biçiminde JSON (XQuAD, TQuAD …).")],
    folder: FolderArgument,
) -> None:
    """SQuAD biçimindeki soruları belge klasörüne ve soru dosyasına çevirir."""
    from evaluation.export import import_squad

    counts = import_squad(source, folder)
    print(f"{folder}: {counts['documents']} belge (texts), {counts['questions']} soru (questions.jsonl).")


@app.command("report")
def report_command(
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="KOŞULAR", help="Koşu klasörleri; her türün ilki ötekilerle karşılaştırılır."),
    ],
    output: Annotated[Path, typer.Option("--output", help="Yazılacak Markdown dosyası.")] = Path("report.md"),
) -> None:
    """Koşuları aralıklarıyla karşılaştıran raporu resimleriyle yazar."""
    from evaluation.report import write_report
    from evaluation.results import load_run

    write_report([load_run(folder) for folder in runs], output)
    print(f"{output}: rapor yazıldı.")


@app.command("accept")
def accept_command(
    output: Annotated[Path | None, typer.Option("--output", help="Yazılacak dosya.")] = None,
    index: IndexOption = None,
) -> None:
    """Geçerli sayıları evaluation/accepted.toml dosyasına yazar; testler bunlardan kötüsünü geri çevirir."""
    from evaluation.export import write_files
    from evaluation.gate import ACCEPTED, accepted_text, fixed_part, measured
    from evaluation.running import answer_all
    from qa.engine import Engine

    engine = Engine.open(index)
    with _progress() as progress:
        content = accepted_text(measured(engine, answer_all(engine, fixed_part(), progress)))
    path = output or ACCEPTED
    write_files(path.parent, {path.name: content})
    print(content, end="")


def _questions(named: Sequence[str] | None) -> list[GoldQuestion]:
    return read_questions([_path(name) for name in named or [DEVELOPMENT[0].name]])


def _path(name: str) -> Path:
    """A file, or one of ours by its short name."""
    ours = {path.name: path for path in DATA.glob("questions-*.jsonl")}
    return ours.get(name) or ours.get(f"questions-{name}.jsonl") or Path(name)


def _named(questions: Sequence[str] | None) -> list[str]:
    return [_path(name).name for name in questions or [DEVELOPMENT[0].name]]


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name).split())


def _show(run: Run, folder: Path) -> None:
    """The totals of a run with their intervals."""
    from evaluation.bootstrap import interval

    grid = Grid("ölçü", "değer", "%95 aralık", "soru", title=run.name)
    for name, (value, number) in run.totals().items():
        band = interval(run.results, name)
        grid.add_row(name, f"{value:.3f}", f"{band.low:.3f}-{band.high:.3f}" if band else "", str(number))
    Console(highlight=False).print(grid)
    print(folder)


@contextmanager
def _progress() -> Iterator[Report]:
    """A bar on a terminal's standard error, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        tasks = {stage: bars.add_task(text, visible=False) for stage, text in STAGES.items()}

        def report(stage: str, done: int, total: int) -> None:
            bars.update(tasks[stage], completed=done, total=total, visible=True)

        yield report
