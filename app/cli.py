"""The command line: ``kentesor``. Exit status 0 on success, 2 on a usage error, 1 with one clear line otherwise."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from app import output
from app.batch import answer_batch
from app.facts import Format, write_facts
from app.filters import MEASURES, fact_filter_of, filters_of
from app.live import LiveEngine
from app.logs import logging_to_standard_error
from app.observing import log_question, observed
from app.settings import Settings, load_settings, setting_option, unknown_variables
from app.usage import PROGRAM, UsageError, is_help, turkish_command, usage_message
from evaluation.cli import app as evaluate
from indexer.build import build_index
from indexer.catalogue import default_corpora
from indexer.documents import Options
from indexer.encoder import open_encoder
from indexer.errors import InputError, KenteSorError, reason_of
from indexer.fact_search import find_facts
from indexer.index import Index, default_index_folder, open_store
from indexer.reading.limits import MIB
from indexer.storing.generations import rollback
from indexer.storing.masking import masks_personal_data
from indexer.storing.removal import remove_document
from indexer.storing.verification import verify_index
from indexer.working import Limits
from qa.engine import Engine
from qa.warming import warming

logger = logging.getLogger("app.cli")  # by this name even where it is run as a module

app = typer.Typer(
    help="Kente Sor: belediyelerin planlarına, programlarına ve raporlarına sorun; her rakam yeriyle gelsin.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(evaluate, name="evaluate")


def _set_index(given: Path | None) -> Path | None:
    return given or load_settings().index


IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Dizin klasörü (yoksa KENTESOR_INDEX).", callback=_set_index)
]
SettingsOption = Annotated[
    Path | None, typer.Option("--settings", help="Ayar dosyası, TOML (yoksa KENTESOR_SETTINGS).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON olarak yaz.")]
MunicipalityOption = Annotated[list[str] | None, typer.Option("--municipality", help="Yalnız bu belediye.")]
YearOption = Annotated[list[int] | None, typer.Option("--year", help="Yalnız bu yıl.")]
DocumentOption = Annotated[list[str] | None, typer.Option("--document", help="Yalnız bu belge.")]


@app.command("index")
def index_command(
    corpora: Annotated[Path | None, setting_option("corpora")] = None,
    index: Annotated[Path | None, setting_option("index")] = None,
    mask_personal_data: Annotated[bool | None, setting_option("mask_personal_data")] = None,
    document_seconds: Annotated[int | None, setting_option("document_seconds")] = None,
    document_cpu_seconds: Annotated[int | None, setting_option("document_cpu_seconds")] = None,
    document_memory_mib: Annotated[int | None, setting_option("document_memory_mib")] = None,
    document_file_mib: Annotated[int | None, setting_option("document_file_mib")] = None,
    settings: SettingsOption = None,
) -> None:
    """Belgelerin dizinini kurar ya da günceller."""
    chosen = load_settings(
        settings,
        corpora=corpora,
        index=index,
        mask_personal_data=mask_personal_data,
        document_seconds=document_seconds,
        document_cpu_seconds=document_cpu_seconds,
        document_memory_mib=document_memory_mib,
        document_file_mib=document_file_mib,
    )
    build_as_set(chosen)


def build_as_set(settings: Settings) -> None:
    """Builds or updates the index that the settings name, and prints what was done."""
    folder, mask = settings.index or default_index_folder(), settings.mask_personal_data
    options = Options(mask_personal_data=masks_personal_data(folder) if mask is None else mask)
    with _progress() as progress:
        corpora = settings.corpora or default_corpora()
        report = build_index(corpora, folder, open_encoder(), progress, options, _limits(settings))
    output.build_report(report, folder)


def _limits(settings: Settings) -> Limits:
    return Limits(
        seconds=settings.document_seconds,
        cpu_seconds=settings.document_cpu_seconds,
        memory=settings.document_memory_mib * MIB,
        content=settings.document_file_mib * MIB,
    )


@app.command("ask")
def ask_command(
    question: Annotated[str | None, typer.Argument(metavar="SORU", help="Soru.")] = None,
    as_json: JsonOption = False,
    municipality: MunicipalityOption = None,
    year: YearOption = None,
    document: DocumentOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="Sorunun nasıl anlaşıldığını da yaz.")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="Sorular, her satırda bir JSON nesnesi.")] = None,
    output_file: Annotated[Path | None, typer.Option("--output", help="Yanıtların yazılacağı dosya.")] = None,
    index: IndexOption = None,
) -> None:
    """Bir soruyu ya da bir dosyadaki soruları yanıtlar."""
    if (question is None) == (batch is None):
        raise InputError("Ya bir soru ya da --batch DOSYA verin.")
    if (batch is None) != (output_file is None):
        raise InputError("--batch ile --output birlikte kullanılır.")
    engine = Engine.open(index)
    if batch is not None and output_file is not None:
        with _progress() as progress:
            answer_batch(engine, batch, output_file, progress)
    elif question is not None:
        filters = filters_of(engine.sources(), municipality or (), year or (), document or ())
        answer = engine.ask(question, filters=filters)
        output.answer(answer, as_json)
        if explain and not as_json:
            output.explanation(engine.understand(question, filters=filters), answer)


@app.command("search")
def search_command(
    query: Annotated[str, typer.Argument(metavar="SORGU", help="Aranan sözcükler.")],
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option("-k", min=1, max=100, help="En çok kaç bölüm.")] = 10,
    municipality: MunicipalityOption = None,
    year: YearOption = None,
    document: DocumentOption = None,
    index: IndexOption = None,
) -> None:
    """Bir sorguya en yakın bölümleri listeler."""
    engine = Engine.open(index)
    filters = filters_of(engine.sources(), municipality or (), year or (), document or ())
    output.hits(engine.search(query, limit, filters), as_json)


@app.command("tables")
def tables_command(
    document: Annotated[str, typer.Argument(metavar="BELGE", help="Belge kimliği.")],
    as_json: JsonOption = False,
    index: IndexOption = None,
) -> None:
    """Bir belgenin tablolarını yazar (--json ile her satırda bir tablo)."""
    opened = Index.open(index)
    if document not in opened.documents:
        raise InputError(f"{document}: dizinde böyle bir belge yok. Olanlar: {', '.join(opened.documents)}")
    output.tables(opened.documents[document], opened.tables(document), as_json)


@app.command("facts")
def facts_command(
    query: Annotated[
        str | None, typer.Argument(metavar="SORGU", help="Aranan gösterge, proje ya da konu; yoksa hepsi.")
    ] = None,
    municipality: MunicipalityOption = None,
    year: YearOption = None,
    measure: Annotated[list[str] | None, typer.Option("--measure", help=f"Ölçü: {', '.join(MEASURES)}.")] = None,
    document: DocumentOption = None,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="Yalnız bu birim (ton, TL, %…).")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="En çok kaç olgu.")] = None,
    form: Annotated[Format, typer.Option("--format", help="Çıktının biçimi.")] = Format.TABLE,
    output_file: Annotated[Path | None, typer.Option("--output", help="Yazılacak dosya.")] = None,
    index: IndexOption = None,
) -> None:
    """Tablolardan okunan olguları arar ve yazar."""
    store = open_store(index)
    documents = {held.id: held for held in store.documents()}
    sources = [held.source for held in documents.values()]
    only = fact_filter_of(sources, municipality or (), year or (), document or (), measure or (), unit or ())
    write_facts(find_facts(store.facts(), query, only)[:limit], documents, form, output_file)


@app.command("serve")
def serve_command(
    host: Annotated[str | None, setting_option("host")] = None,
    port: Annotated[int | None, setting_option("port")] = None,
    requests_a_minute: Annotated[int | None, setting_option("requests_a_minute")] = None,
    behind_proxy: Annotated[list[str] | None, setting_option("behind_proxy")] = None,
    feedback: Annotated[Path | None, setting_option("feedback")] = None,
    metrics_for: Annotated[list[str] | None, setting_option("metrics_for")] = None,
    log_format: Annotated[str | None, setting_option("log_format")] = None,
    log_level: Annotated[str | None, setting_option("log_level")] = None,
    log_requests: Annotated[bool | None, setting_option("log_requests")] = None,
    log_questions: Annotated[bool | None, setting_option("log_questions")] = None,
    corpora: Annotated[Path | None, setting_option("corpora")] = None,
    index: Annotated[Path | None, setting_option("index")] = None,
    mask_personal_data: Annotated[bool | None, setting_option("mask_personal_data")] = None,
    settings: SettingsOption = None,
) -> None:
    """Web sitesini ve programlar için arayüzü açar; dizin yoksa önce belgelerden kurar."""
    chosen = load_settings(
        settings,
        host=host,
        port=port,
        requests_a_minute=requests_a_minute,
        behind_proxy=behind_proxy,
        feedback=feedback,
        metrics_for=metrics_for,
        log_format=log_format,
        log_level=log_level,
        log_requests=log_requests,
        log_questions=log_questions,
        corpora=corpora,
        index=index,
        mask_personal_data=mask_personal_data,
    )
    with logging_to_standard_error(chosen):
        for name in unknown_variables(os.environ):
            logger.warning("%s: böyle bir ayar yok, dikkate alınmadı.", name)
        _serve(chosen)


def _serve(settings: Settings) -> None:
    from app.web import Feedback, Metrics, is_public, open_listener, serve

    opinions = None if settings.feedback is None else Feedback(settings.feedback)
    listener = open_listener(settings.host, settings.port)  # a port in use is told before an index is built
    folder, mask = settings.index or default_index_folder(), settings.mask_personal_data
    metrics = Metrics()
    observers = (metrics.answer, *([log_question] if settings.log_questions else []))
    live = LiveEngine(folder, observed(*observers), warm=warming)
    try:
        if not (folder / "CURRENT").exists() and (settings.corpora or default_corpora()).is_dir():
            masked = (is_public(settings.host, settings.behind_proxy) or None) if mask is None else mask
            build_as_set(replace(settings, mask_personal_data=masked))
        live.current()
        if is_public(settings.host, settings.behind_proxy) and mask is not False and not masks_personal_data(folder):
            logger.warning(
                "%s: site dışarıya açık ama dizinde kişisel veriler gizlenmemiş; gizlemek için: "
                "kentesor index --mask-personal-data --index %s",
                folder,
                folder,
            )
    except KenteSorError as error:  # the pages say it as well, until the index is mended
        logger.error("%s", error)
    serve(
        live,
        listener,
        settings.requests_a_minute or None,
        settings.behind_proxy,
        opinions,
        metrics,
        settings.metrics_for,
        *([lambda address: logger.info("listening at %s", address)] if settings.log_format == "json" else []),
    )


@app.command("mcp")
def mcp_command(index: IndexOption = None) -> None:
    """Yapay zekâ yardımcılarına MCP ile yanıt verir (standart girdi ve çıktıdan)."""
    try:
        from app.mcp import mcp_server
    except ImportError as error:
        raise InputError("kentesor mcp için mcp paketi gerekir: pip install 'kentesor[mcp]'") from error
    mcp_server(LiveEngine(index or default_index_folder(), observed())).run("stdio")


@app.command("verify")
def verify_command(index: IndexOption = None) -> None:
    """Dizinde ne varsa denetler: her dosya, sürümler, parçalar, sayılar."""
    folder = index or default_index_folder()
    output.verified(folder, verify_index(folder))


@app.command("rollback")
def rollback_command(index: IndexOption = None) -> None:
    """Dizinin bir önceki sürümüne döner."""
    folder = index or default_index_folder()
    output.rolled_back(folder, rollback(folder))


@app.command("remove")
def remove_command(
    document: Annotated[str, typer.Argument(metavar="BELGE", help="Belge kimliği.")],
    index: IndexOption = None,
) -> None:
    """Bir belgeyi dizinin bütün sürümlerinden iz bırakmadan çıkarır."""
    folder = index or default_index_folder()
    output.removed(folder, remove_document(folder, document))


def main() -> None:
    """Runs the command line; every expected error becomes one line on standard error."""
    try:
        sys.exit(turkish_command(app).main(prog_name=PROGRAM, standalone_mode=False))
    except UsageError as error:
        if is_help(error):
            error.show()
            sys.exit(2)
        _fail(usage_message(error), 2)
    except typer.Abort:
        sys.exit(1)
    except InputError as error:
        _fail(error, 2)
    except KenteSorError as error:
        _fail(error, 1)
    except OSError as error:
        _fail(f"çıktı yazılamadı ({reason_of(error)}).", 1)
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        _fail(
            f"beklenmeyen bir hata oluştu ({error!r}); bu bir kusurdur. Ayrıntısı için: python -X dev -m app.cli …", 1
        )


def _fail(error: KenteSorError | str, status: int) -> None:
    _tell(error)
    sys.exit(status)


def _tell(error: KenteSorError | str) -> None:
    print(f"kentesor: {' '.join(str(error).split())}", file=sys.stderr)


@contextmanager
def _progress() -> Iterator[output.Report]:
    """Progress bars on a terminal's standard error, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks = {stage: progress.add_task(text, visible=False) for stage, text in output.STAGES.items()}

        def report(stage: str, done: int, total: int) -> None:
            progress.update(tasks[stage], completed=done, total=total, visible=True)

        yield report


if __name__ == "__main__":
    main()

__all__ = ["app", "main"]
