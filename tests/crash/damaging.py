"""Every file of an index flipped, cut, lengthened, taken away or exchanged: noticed, and never a wrong answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from indexer.errors import IndexMissingError, KenteSorError
from indexer.index import Index
from indexer.storing.verification import verify_index
from qa.engine import Engine
from tests.crash.failing import Outcomes
from tests.crash.scenarios import BrokenPromiseError, World, copy_index

_ASKED = 3  # of the fixed questions
_SMALL = 4096  # bytes: each byte of files up to this is damaged, where asked for


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a file; ``data`` is its content afterwards."""

    file: Path
    what: str
    data: bytes


def damages_at_random(index: Path, places: int, seed: int) -> Iterator[Damage]:
    """Damages at random places: at least one in every file, the others spread over the bytes of all.

    Args:
        index: a whole index.
        places: how many.
        seed: of the places.
    """
    chance = random.Random(seed)
    files = [path for path in sorted(index.rglob("*")) if path.is_file() and path.stat().st_size]
    chosen = [*files, *chance.choices(files, [path.stat().st_size ** 0.5 for path in files], k=places)]
    for number, file in enumerate(chosen[:places]):
        data = file.read_bytes()
        place = chance.randrange(len(data))
        way = number % 4
        if way == 0:
            bit = 1 << chance.randrange(8)
            yield Damage(file, f"bit {bit:#04x} at {place}", _with(data, place, bytes([data[place] ^ bit])))
        elif way == 1:
            other = bytes([(data[place] + chance.randrange(1, 256)) % 256])
            yield Damage(file, f"byte at {place}", _with(data, place, other))
        elif way == 2:
            yield Damage(file, f"cut at {place}", data[:place])
        else:
            block = data[place : place + 512]
            other = bytes(len(block)) if any(block) else b"\xff" * len(block)
            yield Damage(file, f"{len(block)} bytes wiped at {place}", _with(data, place, other))


def damages_of_small_files(index: Path, step: int = 1) -> Iterator[Damage]:
    """Each ``step``-th byte of every small file flipped (its lowest bit), and the file cut there."""
    for file in sorted(index.rglob("*")):
        if file.is_file() and 0 < file.stat().st_size <= _SMALL:
            data = file.read_bytes()
            for place in range(0, len(data), step):
                yield Damage(file, f"flipped at {place}", _with(data, place, bytes([data[place] ^ 1])))
                yield Damage(file, f"cut at {place}", data[:place])
            yield Damage(file, "lengthened", data + b"\n")


def check_damage(world: World, index: Path, damage: Damage, expected: tuple[str, ...], outcomes: Outcomes) -> None:
    """Does a damage, checks that it is noticed, and undoes it."""
    whole = damage.file.read_bytes()
    state = damage.file.stat()
    damage.file.unlink()  # not written through: it may be one file under two names
    damage.file.write_bytes(damage.data)
    try:
        _check(world, index, expected, f"{_kind(damage.file, index)}", outcomes)
    except BrokenPromiseError as broken:
        outcomes.broken.append(f"{damage.file.relative_to(index)}, {damage.what}: {broken}")
    finally:
        damage.file.write_bytes(whole)
        damage.file.chmod(state.st_mode)


def check_structure(
    world: World, index: Path, place: Path, expected: tuple[str, ...], outcomes: Outcomes, every: int = 1
) -> None:
    """Takes each file (or each ``every``-th) away, puts strangers beside it, exchanges it for other things."""
    for file in sorted(path.relative_to(index) for path in index.rglob("*") if path.is_file())[::every]:
        if file.name == "build.lock":
            continue
        for name, act in _acts(file, index):
            copy = place / "copy"
            copy_index(index, copy)
            act(copy / file)
            try:
                _check(world, copy, expected, name, outcomes)
            except BrokenPromiseError as broken:
                outcomes.broken.append(f"{file}, {name}: {broken}")
            shutil.rmtree(copy)


def _acts(file: Path, index: Path) -> Iterator[tuple[str, Callable[[Path], object]]]:
    def stranger(path: Path) -> None:
        path.with_name("stranger").write_bytes(b"x")

    def folder(path: Path) -> None:
        path.unlink()
        path.mkdir()

    def link(path: Path) -> None:
        path.unlink()
        path.symlink_to(index / file)

    yield "taken away", Path.unlink
    yield "a stranger beside it", stranger
    yield "a folder instead", folder
    yield "a link instead", link
    for other in index.rglob(file.name):
        if other.is_file() and other.read_bytes() != (index / file).read_bytes():
            yield "its like of elsewhere", partial(shutil.copyfile, other)
            break


def _check(world: World, index: Path, expected: tuple[str, ...], name: str, outcomes: Outcomes) -> None:
    told = "same answers"
    try:
        engine = Engine(Index.open(index, world.encoder))
        if world.answers(engine, _ASKED) != expected[:_ASKED]:
            raise BrokenPromiseError("WRONG ANSWERS")
    except IndexMissingError:
        told = "missing"
    except KenteSorError:
        told = "refused"
    except BrokenPromiseError:
        raise
    except Exception as error:
        raise BrokenPromiseError(f"opening: {type(error).__name__}: {error}") from error
    try:
        verify_index(index)
    except KenteSorError:
        outcomes.counts[f"{name}: noticed, {told}"] += 1
        return
    except Exception as error:
        raise BrokenPromiseError(f"verify: {type(error).__name__}: {error}") from error
    raise BrokenPromiseError(f"not noticed by verify ({told})")


def _kind(file: Path, index: Path) -> str:
    parts = file.relative_to(index).parts
    where = {"generations": "generation", "parts": "part"}.get(parts[0], "")
    return f"{where} {'/'.join(parts[2:])}".strip() if where else parts[0]


def _with(data: bytes, place: int, other: bytes) -> bytes:
    return data[:place] + other + data[place + len(other) :]
