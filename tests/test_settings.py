"""Settings: what goes before what, what is refused, and that the options and the docs are those of the dataclass."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from app import cli
from app.settings import Settings, load_settings, reference, settings_of, unknown_variables
from indexer.encoder import Encoder
from indexer.errors import InputError
from indexer.index import Index
from indexer.working import Limits
from tests.crash.doubles import InThisProcess

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [*(f"KENTESOR_{told.name.upper()}" for told in fields(Settings)), "KENTESOR_SETTINGS"]:
        monkeypatch.delenv(name, raising=False)


def written(folder: Path, text: str) -> Path:
    file = folder / "kentesor.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_an_option_goes_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 'port = 1\nhost = "file"\nlog_requests = true\nbehind_proxy = ["10.0.0.1"]\n')
    assert load_settings(file) == Settings(port=1, host="file", log_requests=True, behind_proxy=("10.0.0.1",))
    monkeypatch.setenv("KENTESOR_PORT", "2")
    monkeypatch.setenv("KENTESOR_LOG_REQUESTS", "off")
    monkeypatch.setenv("KENTESOR_BEHIND_PROXY", "10.0.0.2, 10.0.0.3")
    monkeypatch.setenv("KENTESOR_HOST", "")  # says nothing
    given = load_settings(file, port=3, host=None, behind_proxy=[])
    assert given == Settings(port=3, host="file", behind_proxy=("10.0.0.2", "10.0.0.3"))
    monkeypatch.setenv("KENTESOR_SETTINGS", str(written(tmp_path, "port = 9\nrequests_a_minute = 7")))
    assert load_settings() == Settings(port=2, requests_a_minute=7, behind_proxy=("10.0.0.2", "10.0.0.3"))


def test_paths_of_the_file_are_meant_from_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, 'index = "dizin"\ncorpora = "/srv/belgeler"')
    monkeypatch.setenv("KENTESOR_FEEDBACK", "gorusler")
    told = load_settings(file)
    assert told.index == tmp_path / "dizin" and told.corpora == Path("/srv/belgeler")
    assert told.feedback == Path("gorusler"), "of the environment from the working folder"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kapi = 1", "'kapi' diye bir ayar yok"),
        ("[serve]\nport = 1", "'serve' diye bir ayar yok"),
        ('port = "7860"', "port: '7860' olmaz; beklenen: sayı, 1 ile 65535"),
        ("port = 70000", "port: '70000' olmaz"),
        ("port = true", "port: 'True' olmaz"),
        ("requests_a_minute = -1", "en az 0"),
        ("log_questions = 1", "true ya da false"),
        ('log_format = "xml"', "text ya da json"),
        ('behind_proxy = "10.0.0.1"', "metin listesi"),
        ('metrics_for = ["kent"]', "'kent' bir IP adresi ya da ağı değil"),
        ('behind_proxy = ["kapı"]', "'kapı' bir IP adresi ya da ağı değil"),
        ('index = ""', "bir yol"),
        ("port = ", "geçerli bir TOML dosyası değil"),
        (f"port = {'9' * 5000}", "geçerli bir TOML dosyası değil"),
        (f"port = {'[' * 5000}", "geçerli bir TOML dosyası değil"),
        ('index = "a\\u0000b"', "bir yol"),
        ('index = "~kimsesiz/dizin"', "bir yol"),
        ("document_seconds = 0", "document_seconds: '0' olmaz; beklenen: sayı, 1 ile 86400"),
        ("document_cpu_seconds = 1e3", "document_cpu_seconds: '1000.0' olmaz"),
        ("document_memory_mib = 10", "sayı, 1024 ile 1048576"),
        ("document_file_mib = -1", "sayı, 1 ile 1024"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_that_says_where(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, text: str, said: str
) -> None:
    file = written(tmp_path, text)
    status, _, error = run("serve", "--settings", file)
    assert status == 2 and error.count("\n") == 1 and said in error and str(file) in error


def test_a_wrong_variable_or_option_is_named(run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="okunamıyor"):
        load_settings(tmp_path / "yok.toml")
    status, _, error = run("serve", "--log-level", "loud")
    assert status == 2 and "--log-level: 'loud' olmaz" in error
    monkeypatch.setenv("KENTESOR_PORT", "tcp://10.0.0.1:80")  # as Kubernetes sets it
    status, _, error = run("verify")
    assert status == 2 and "KENTESOR_PORT" in error and error.count("\n") == 1
    monkeypatch.setenv("KENTESOR_PORT", "9" * 5000)
    assert run("verify")[0] == 2
    monkeypatch.setenv("KENTESOR_PORT", "")
    monkeypatch.setenv("KENTESOR_DOCUMENT_MEMORY_MIB", "4G")
    status, _, error = run("index")
    assert status == 2 and "KENTESOR_DOCUMENT_MEMORY_MIB: '4G' olmaz" in error
    assert unknown_variables({"KENTESOR_PORTS": "1", "KENTESOR_CACHE": "x", "HOME": "/"}) == ["KENTESOR_PORTS"]


def test_every_command_takes_the_index_that_the_settings_name(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KENTESOR_SETTINGS", str(written(tmp_path, 'index = "burada"')))
    for command in (("verify",), ("facts", "asfalt"), ("search", "asfalt")):
        status, _, error = run(*command)
        assert status == 1 and str(tmp_path / "burada") in error
    assert str(tmp_path / "orada") in run("verify", "--index", tmp_path / "orada")[2]


@pytest.mark.parametrize(("name", "command"), [("serve", cli.serve_command), ("index", cli.index_command)])
def test_every_option_of_serve_and_index_is_a_setting(name: str, command: Callable[..., None]) -> None:
    assert set(inspect.signature(command).parameters) - {"settings"} == set(settings_of(name))  # type: ignore[arg-type]


def test_the_limits_of_a_document_are_settings(  # type: ignore[no-untyped-def]
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: Encoder
) -> None:
    given = []
    monkeypatch.setattr(cli, "open_encoder", lambda: words)
    monkeypatch.setattr("indexer.build.Children", lambda limits: given.append(limits) or InThisProcess(limits))
    corpora, index = tmp_path / "belgeler", tmp_path / "dizin"
    corpora.mkdir()
    (corpora / "küçük.txt").write_text("Örnek Belediyesi 2024 Yılı Faaliyet Raporu\n", encoding="utf-8")
    (corpora / "büyük.txt").write_text("Örnek Belediyesi 2023 Yılı Faaliyet Raporu\n" * 50_000, encoding="utf-8")
    file = written(tmp_path, "document_seconds = 7\ndocument_cpu_seconds = 5\ndocument_memory_mib = 2048")
    monkeypatch.setenv("KENTESOR_DOCUMENT_FILE_MIB", "1")
    status, said, _ = run("index", "--corpora", corpora, "--index", index, "--settings", file)
    assert status == 0 and "büyük.txt" in said and "sınır 1 MiB" in said
    assert given == [Limits(seconds=7, cpu_seconds=5, memory=2**31, content=2**20)]
    status, said, _ = run("index", "--corpora", corpora, "--index", index, "--document-file-mib", 3)
    assert status == 0 and "sınır" not in said and len(Index.open(index, words).documents) == 2


def test_the_docs_are_made_from_the_settings() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == reference(), "python -m app.settings > …"
    for told in fields(Settings):
        assert f"| `{told.name}` |" in reference()
