"""The commands that are disturbed, the indexes that they start from, and what must hold of an index afterwards."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.errors import IndexMissingError, KenteSorError
from indexer.index import Index
from indexer.storing.generations import generation_folders, read_manifest, rollback
from indexer.storing.parts import PARTS, part_folders
from indexer.storing.removal import remove_document
from indexer.storing.verification import verify_index
from qa.engine import Engine
from qa.serialise import answer_object

DOCUMENTS = Path(__file__).parents[1] / "data"
_STAYS = "unseen/turgutlu-2025-performans.txt"
_CHANGES = "unseen/corum-2023-faaliyet.txt"
_GOES = "unseen_third/bolu-2021-faaliyet.txt"
_COMES = "unseen/samsun-2024-performans.txt"
_LENGTH, _LONGER = 5_000, 6_500  # characters of each document that are taken
_TOP = {"CURRENT", "build.lock", "generations", PARTS}

State = tuple[str, ...] | None
"""The answers to the fixed questions, byte for byte; None where there is no index."""


class BrokenPromiseError(Exception):
    """An index is not what it must be."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command on an index.

    ``start`` is the index that it starts from (None: there is none), ``corpora`` the documents that a later ``index``
    takes, ``arguments`` those of the command line after which ``--index`` comes, ``call`` the same in this process.
    ``before`` and ``after`` are the answers that are allowed.
    """

    name: str
    start: Path | None
    corpora: Path
    arguments: tuple[str, ...]
    call: Callable[[Path, Encoder], object]
    before: State
    after: State


class World:
    """Documents, indexes to start from, and their answers, made once in a folder.

    Args:
        folder: an empty folder.
        encoder: embeds passages and questions.
        length: how much of each document is taken, in parts of the usual.
    """

    def __init__(self, folder: Path, encoder: Encoder, length: float = 1.0) -> None:
        self.folder, self.encoder, self._length = folder, encoder, length
        self._known: dict[tuple[tuple[str, str], ...], tuple[str, ...]] = {}
        self.before = self._documents("before", [(_STAYS, 1), (_CHANGES, 1), (_GOES, 1)])
        self.after = self._documents("after", [(_STAYS, 1), (_CHANGES, 2), (_GOES, 1), (_COMES, 1)])
        self.fewer = self._documents("fewer", [(_STAYS, 1), (_CHANGES, 1)])
        self.older = self._documents("older", [(_STAYS, 1), (_GOES, 2)])
        self.index = folder / "index-before"  # with a generation before it
        for corpora in (self.older, self.before):
            build_index(corpora, self.index, encoder)
        self.updated = folder / "index-after"
        copy_index(self.index, self.updated)
        build_index(self.after, self.updated, encoder)
        lonely = folder / "index-fewer"
        build_index(self.fewer, lonely, encoder)
        engines = Engine.open(self.index, encoder), Engine.open(self.updated, encoder)
        self.questions = _questions(*engines)
        answers = dict(zip(self.questions, zip(*map(self.answers, engines), strict=True), strict=True))
        self.questions = tuple(sorted(answers, key=lambda question: len(set(answers[question])) == 1))  # telling first
        had, has, fewer = self.state(self.index), self.state(self.updated), self.state(lonely)
        if len({had, has, fewer}) != 3:
            raise BrokenPromiseError("the fixed questions do not tell the states apart")
        gone = Path(_GOES).stem
        self.scenarios = (
            self._indexing("first build", None, self.before, None, had),
            self._indexing("update", self.index, self.after, had, has),
            self._indexing("document taken away", self.index, self.fewer, had, fewer),
            Scenario(
                "remove", self.index, self.fewer, ("remove", gone),
                lambda index, _: remove_document(index, gone), had, fewer,
            ),
            Scenario("rollback", self.updated, self.before, ("rollback",), _roll_back, has, had),
        )  # fmt: skip

    def state(self, index: Path) -> State:
        """The answers of an index; asked once of generations that are the same to the last byte.

        Raises:
            KenteSorError: it is there and cannot be opened.
        """
        try:
            engine = Engine.open(index, self.encoder)
        except IndexMissingError:
            return None
        files = tuple(engine.index.manifest.files.items())
        if files not in self._known:
            self._known[files] = self.answers(engine)
        return self._known[files]

    def answers(self, engine: Engine, first: int | None = None) -> tuple[str, ...]:
        """What an engine answers to the fixed questions, or to the ``first`` of them."""
        questions = self.questions[:first]
        objects = (answer_object(replace(engine.ask(question), timings_ms={})) for question in questions)
        return tuple(json.dumps(one, ensure_ascii=False, sort_keys=True) for one in objects)

    def begin(self, scenario: Scenario, place: Path) -> Path:
        """A copy of the index that a scenario starts from, in the folder ``place``, which must not exist."""
        place.mkdir(parents=True)
        index = place / "index"
        if scenario.start is not None:
            copy_index(scenario.start, index)
        return index

    def check_survived(self, scenario: Scenario, index: Path) -> str:
        """Checks an index after a disturbance: whole, and as before or as after. Gives which.

        Raises:
            BrokenPromiseError: it is neither.
        """
        state = self._opened(index)
        if state is None:
            if scenario.before is not None:
                raise BrokenPromiseError("the index has gone")
        else:
            try:
                verify_index(index)
            except KenteSorError as error:
                raise BrokenPromiseError(f"verify: {error}") from error
        if state == scenario.before:
            return "before"
        if state == scenario.after:
            return "after"
        raise BrokenPromiseError("the answers are neither those of before nor those of after")

    def check_goes_on(self, scenario: Scenario, index: Path) -> None:
        """Runs the next ``index`` and checks that it completes and that nothing is left of the disturbance.

        Raises:
            BrokenPromiseError: it fails, gives other answers, or something lies about.
        """
        try:
            build_index(scenario.corpora, index, self.encoder)
            found = verify_index(index)
        except KenteSorError as error:
            raise BrokenPromiseError(f"the next index: {error}") from error
        if self._opened(index) != scenario.after:
            raise BrokenPromiseError("the next index does not give the answers of after")
        if found.left_over:
            raise BrokenPromiseError(f"left over: {', '.join(found.left_over)}")
        check_tidy(index)

    def _opened(self, index: Path) -> State:
        try:
            return self.state(index)
        except KenteSorError as error:
            raise BrokenPromiseError(f"the index does not open: {error}") from error

    def _indexing(self, name: str, start: Path | None, corpora: Path, before: State, after: State) -> Scenario:
        def call(index: Path, encoder: Encoder) -> object:
            return build_index(corpora, index, encoder)

        return Scenario(name, start, corpora, ("index", "--corpora", str(corpora)), call, before, after)

    def _documents(self, name: str, taken: Sequence[tuple[str, int]]) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True)
        for file, version in taken:
            length = int((_LENGTH if version == 1 else _LONGER) * self._length)
            text = (DOCUMENTS / file).read_text(encoding="utf-8")[:length]
            (folder / Path(file).name).write_text(text, encoding="utf-8", newline="")
        return folder


def copy_index(index: Path, place: Path) -> None:
    """Copies an index with its times and hard links."""
    subprocess.run(["cp", "-a", str(index), str(place)], check=True)


def check_tidy(index: Path) -> None:
    """Raises :class:`BrokenPromiseError` where an index folder holds more than the index needs.

    At most two generations, of which the older one is another state to roll back to, and the parts of both.
    """
    if strangers := {path.name for path in index.iterdir()} - _TOP:
        raise BrokenPromiseError(f"left behind: {', '.join(sorted(strangers))}")
    for name in ("generations", PARTS):
        for path in (index / name).iterdir():
            if path.name.startswith(("building-", "removed-")):
                raise BrokenPromiseError(f"left behind: {path}")
    manifests = [read_manifest(folder) for folder in generation_folders(index)]
    if len(manifests) > 2:
        raise BrokenPromiseError(f"{len(manifests)} generations")
    if len({manifest.fingerprint for manifest in manifests}) < len(manifests):
        raise BrokenPromiseError("two generations are the same")
    used = {key for manifest in manifests for key in manifest.parts.values()}
    if used != {folder.name for folder in part_folders(index)}:
        raise BrokenPromiseError("parts of no generation lie about")


def _questions(*engines: Engine) -> tuple[str, ...]:
    """Of each document of each index the first facts, and what no document holds."""
    found: dict[str, None] = {"Kaç uzay limanı yapıldı?": None}
    for engine in engines:
        for document in engine.index.documents:
            found |= dict.fromkeys(_first_facts(engine.index, document))
    return tuple(found)


def _first_facts(index: Index, document: str) -> Iterator[str]:
    facts = [fact for fact in index.facts if fact.document == document and not fact.ambiguous]
    for fact in [*facts[:1], *facts[-1:]]:
        yield f"{fact.municipality} {fact.year or ''} {fact.label} kaçtır?"[:300]


def _roll_back(index: Path, _encoder: Encoder) -> object:
    return rollback(index)
