"""Merges the parts of documents into a generation; nothing is read or encoded again."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.commitments import read_commitments
from indexer.records import Fact
from indexer.storing.generations import (
    GENERATIONS,
    LEXICAL,
    SCHEMA_VERSION,
    STORE,
    VECTORS,
    Manifest,
    original_name,
    publish,
)
from indexer.storing.lexical import LexicalIndex
from indexer.storing.parts import Part
from indexer.storing.storage import building_folder, files_of
from indexer.storing.store import Store, StoreWriter
from indexer.storing.vectors import VectorIndex


def fingerprint(parts: Sequence[Part]) -> str:
    """Identifies the generation that these parts give."""
    return hashlib.sha256(json.dumps([SCHEMA_VERSION, [part.manifest.key for part in parts]]).encode()).hexdigest()


def publish_merged(index: Path, parts: Sequence[Part]) -> tuple[Path, Manifest]:
    """Merges parts in their order into a new generation and makes it the current one.

    Args:
        index: the index folder.
        parts: at least one; all of one encoder, one version of the analysis and one way of masking.

    Returns:
        The generation and its manifest.
    """
    with building_folder(index / GENERATIONS) as building:
        commitments = _merge_stores(parts, building / STORE)
        VectorIndex.from_vectors(np.concatenate([part.vectors() for part in parts])).save(building / VECTORS)
        LexicalIndex.from_terms([terms for part in parts for terms in part.terms()]).save(building / LEXICAL)
        _copy_originals(parts, building)
        counts = sum((Counter(part.manifest.counts) for part in parts), Counter())
        first = parts[0].manifest
        manifest = Manifest(
            schema=SCHEMA_VERSION,
            fingerprint=fingerprint(parts),
            encoder=first.encoder,
            analysis=first.analysis,
            documents={part.manifest.document: part.manifest.sha256 for part in parts},
            parts={part.manifest.document: part.manifest.key for part in parts},
            counts={name: counts[name] for name in first.counts} | {"commitments": commitments},
            files=files_of(building),
            masked=first.masked,
        )
        return publish(index, building, manifest), manifest


def _merge_stores(parts: Sequence[Part], path: Path) -> int:
    """Writes the store of a generation; gives the number of commitments, which documents have together."""
    writer = _MergingWriter(path)
    facts: list[Fact] = []
    for part in parts:
        facts += writer.add_store(part.store)
    commitments = read_commitments(facts)
    writer.add_commitments(commitments)
    writer.close()
    return len(commitments)


def _copy_originals(parts: Sequence[Part], building: Path) -> None:
    for part in parts:
        original = part.original
        if original is not None:
            (document,) = Store(part.store).documents()
            place = building / original_name(document.source)
            place.parent.mkdir(exist_ok=True)
            if not place.exists():  # two documents may have the same content
                _link(original, place)


def _link(original: Path, place: Path) -> None:
    """One file under two names, as neither is ever changed; a copy where the file system has no such thing."""
    try:
        os.link(original, place)
    except OSError:
        shutil.copyfile(original, place)


class _MergingWriter(StoreWriter):
    """Writes a store from others that hold one document each."""

    def add_store(self, path: Path) -> list[Fact]:
        """Takes over all lines of a store, numbered on from those that are there; gives its facts."""
        self._connection.commit()  # no database can be attached within a transaction
        self._connection.execute("ATTACH ? AS part", (str(path),))
        names = [name for (name,) in self._connection.execute(
            "SELECT name FROM part.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        )]  # fmt: skip
        shifts = {name: self._highest_id(name) for name in names}
        for name in names:
            columns = ", ".join(self._shifted(name, shifts))
            self._connection.execute(f'INSERT INTO main."{name}" SELECT {columns} FROM part."{name}"')
        self._connection.commit()
        self._connection.execute("DETACH part")
        facts = Store(path).facts()
        self._fact_ids |= {fact: number for number, fact in enumerate(facts, (shifts["facts"] or 0) + 1)}
        return facts

    def _highest_id(self, table: str) -> int | None:
        """The highest number in the table so far; None for a table whose lines bear no numbers."""
        if ("id", "INTEGER") not in self._columns(table):
            return None
        ((highest,),) = self._connection.execute(f'SELECT coalesce(max(id), 0) FROM main."{table}"')
        return int(highest)

    def _shifted(self, table: str, shifts: dict[str, int | None]) -> list[str]:
        """The columns of a table, with the numbers of lines, its own and those it refers to, counted on."""
        referred = {
            line["from"]: line["table"]
            for line in _named(self._connection.execute(f'PRAGMA main.foreign_key_list("{table}")'))
        }
        columns = []
        for name, _ in self._columns(table):
            shift = shifts.get(table if name == "id" else referred.get(name, ""))
            columns.append(f'"{name}"' if shift is None else f'"{name}" + {shift}')
        return columns

    def _columns(self, table: str) -> list[tuple[str, str]]:
        lines = _named(self._connection.execute(f'PRAGMA main.table_info("{table}")'))
        return [(line["name"], line["type"]) for line in lines]


def _named(cursor: sqlite3.Cursor) -> list[dict[str, str]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, line, strict=True)) for line in cursor]
