"""Help and usage errors of the command line in Turkish; typer, with the parser that it brings along, has English ones.

The parser's classes have no public name, so its errors are told apart by what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer
from typer.main import get_command

UsageError: Final[type[Any]] = typer.BadParameter.__mro__[1]
PROGRAM: Final = "kentesor"
_HelpFormatter: Any = typer.Context.formatter_class
_HEADINGS: Final = {"Options": "Seçenekler", "Arguments": "Verilecekler", "Commands": "Komutlar"}
_PHRASES: Final = {
    "Show this message and exit.": "Bu yardımı göster.",
    "[default: ": "[varsayılan: ",
    "[required]": "[gerekli]",
}
_KINDS: Final = {"int": "SAYI", "path": "YOL", "str": "METİN"}
_TYPE: Final = re.compile(r" <\w+(\[\w+\])?>$")  # of an argument, whose name tells it already
_QUOTED: Final = re.compile(r"'([^']*)'|\(([^)]*)\)$")


class _Formatter(_HelpFormatter):  # type: ignore[misc]
    """Writes the parts of a help page under Turkish names."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Kullanım: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_TYPE.sub("", name), _translated(text)) for name, text in rows], col_max, col_spacing)


class _Context(typer.Context):
    formatter_class = _Formatter


def turkish_command(app: typer.Typer) -> Any:
    """The command of an application, whose help and whose commands' help is in Turkish."""
    command = get_command(app)
    for one in _commands(command):
        one.context_class = _Context
        one.options_metavar = "[SEÇENEKLER]"
        if hasattr(one, "subcommand_metavar"):
            one.subcommand_metavar = "KOMUT …"
        for param in one.params:
            param.metavar = param.metavar or _kind(param)
    return command


def is_help(error: Exception) -> bool:
    """Whether an error is only the help of a command that was called without anything."""
    return type(error).__name__ == "NoArgsIsHelpError"


def usage_message(error: Any) -> str:
    """What is wrong with the words of a command, and what to do, in one line.

    Args:
        error: the parser's, with ``ctx``, the command as far as it was understood, or None.
    """
    context = error.ctx
    called = context.command_path if context else PROGRAM
    hint = f"Yardım: {called} --help"
    kind, quoted = type(error).__name__, _QUOTED.search(error.message)
    word = next(filter(None, quoted.groups()), "") if quoted else ""
    if kind == "NoSuchOption":
        return f"{error.option_name}: böyle bir seçenek yok. Olanlar: {', '.join(_options(context))}. {hint}"
    if kind == "BadOptionUsage":
        takes = "yanına bir değer yazılmalı" if "requires" in error.message else "değer almaz, yalnız yazılır"
        return f"{error.option_name}: {takes}. {hint}"
    if kind == "MissingParameter":
        return f"{_name(error.param)} verilmemiş ({error.param.help.rstrip('.')}). {hint}"
    if kind == "BadParameter":
        return f"{_name(error.param)}: {_expected(error)} {hint}"
    if commands := getattr(context.command if context else None, "commands", None):
        wrong = f"{word}: böyle bir komut yok." if word else "Komut verilmemiş."
        return f"{wrong} Olanlar: {', '.join(commands)}. {hint}"
    return f"{word}: fazladan yazılmış; boşluklu sözleri tırnak içine alın. {hint}"


def _expected(error: Any) -> str:
    """Why the value of an option is refused."""
    faults: list[Any] = getattr(error.__cause__, "errors", list)()
    fault = faults[0] if faults else {}
    given = f"{str(fault['input'])!r} olmaz; " if "input" in fault else ""
    param = error.param
    if "|" in param.metavar:
        return f"{given}olanlar: {', '.join(param.metavar.strip('<>[]').split('|'))}."
    if param.metavar != _KINDS["int"]:
        return f"{given}beklenen: {param.help.rstrip('.')}."
    least, most = param.min, param.max
    bounds = "" if least is None else f", en az {least}" if most is None else f", {least} ile {most} arasında"
    return f"{given}beklenen: sayı{bounds}."


def _commands(command: Any) -> Iterator[Any]:
    yield command
    for one in getattr(command, "commands", {}).values():
        yield from _commands(one)


def _options(context: Any) -> Iterator[str]:
    """The options of a command, each by its first name."""
    for param in context.command.get_params(context):
        if param.param_type_name == "option":
            yield param.opts[0]


def _kind(param: Any) -> str | None:
    """What is written for the value of a parameter in the help; None where none is taken."""
    if getattr(param, "is_flag", False):
        return None
    shown = str(param.display_type(None))
    return next((word for kind, word in _KINDS.items() if re.search(rf"\b{kind}\b", shown)), shown)


def _name(param: Any) -> str:
    """The option, or what stands for an argument in the help."""
    return str(param.opts[0] if param.param_type_name == "option" else param.metavar)


def _translated(text: str) -> str:
    for english, turkish in _PHRASES.items():
        text = text.replace(english, turkish)
    return text


__all__ = ["PROGRAM", "UsageError", "is_help", "turkish_command", "usage_message"]
