"""Builds a generation from a folder of documents: the catalogue, a part for each document, all parts merged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.catalogue import Entry, load_catalogue
from indexer.documents import DEFAULT_OPTIONS, Options
from indexer.encoder import Encoder
from indexer.errors import InputError, KenteSorError
from indexer.storing.generations import (
    SCHEMA_VERSION,
    Manifest,
    current_generation,
    generation_folders,
    previous_generation,
    prune_generations,
    read_manifest,
    verify_generation,
)
from indexer.storing.masking import prune_unmasked
from indexer.storing.merging import fingerprint, publish_merged
from indexer.storing.parts import (
    PARTS,
    STORE,
    VECTORS,
    Part,
    PartManifest,
    analysis_version,
    find_part,
    finish_part,
    known_vectors,
    part_key,
    prune_parts,
)
from indexer.storing.storage import building_folder, check_no_strangers, files_of, writing
from indexer.storing.store import Store
from indexer.storing.vectors import Matrix
from indexer.working import DEFAULT_LIMITS, Children, Done, Job, Limits

Progress = Callable[[str, int, int], None]
"""Called with the stage ("reading", "encoding"), how much is done and how much there is."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    ``documents`` are the ids of all that the index holds now, ``worked`` those that were read in this build; the
    others were taken over. ``failures`` are the files that could not be taken in, with the reason, ``notes`` what
    readers had to tell of files; ``counts`` is how much was read in all.
    """

    changed: bool
    documents: tuple[str, ...]
    worked: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    counts: dict[str, int]


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def build_index(
    corpora: Path,
    index: Path,
    encoder: Encoder,
    progress: Progress = _silent,
    options: Options = DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
) -> BuildReport:
    """Builds or updates the index in ``index`` from the documents in ``corpora``.

    Only documents are worked that are new or changed since an earlier build, be it one that was interrupted. A document
    that cannot be read is reported and the others go on. When nothing has changed since the current generation, it
    stays.

    Raises:
        InputError: ``corpora`` is no folder or holds no document that can be read.
        CatalogueError: its ``sources.toml`` cannot be read.
        StorageError: ``index`` cannot be written, or another process is writing there.
    """
    if not corpora.is_dir():
        raise InputError(f"{corpora}: böyle bir belge klasörü yok. --corpora ile belgelerin klasörünü verin.")
    with writing(index):
        catalogue = load_catalogue(corpora, limits.content)
        keys = {entry.id: part_key(entry, options, encoder.name) for entry in catalogue.entries}
        found = {entry.id: find_part(index, keys[entry.id]) for entry in catalogue.entries}
        missing = [entry for entry in catalogue.entries if found[entry.id] is None]
        workshop = _Workshop(corpora, index, encoder, options, progress)
        worked = workshop.work(missing, keys, limits)
        parts = {name: part for name, part in (found | worked).items() if part is not None}
        whole = [part for part in parts.values() if part.manifest.failure is None]
        refused = {name: part.manifest.failure for name, part in parts.items() if part.manifest.failure}
        reasons = refused | workshop.failures
        failures = [*catalogue.failures, *((e.file, reasons[e.id]) for e in catalogue.entries if e.id in reasons)]
        if not whole:
            told = "; ".join(reason if file in reason else f"{file}: {reason}" for file, reason in failures)
            raise InputError(f"{corpora}: okunabilen belge yok. {told}".strip())
        changed, manifest = _publish(index, whole, [part.manifest.key for part in parts.values()])
    return BuildReport(
        changed=changed,
        documents=tuple(part.manifest.document for part in whole),
        worked=tuple(name for name, part in worked.items() if part.manifest.failure is None),
        failures=tuple(failures),
        notes=tuple((part.manifest.file, note) for part in whole for note in part.manifest.notes),
        counts=manifest.counts,
    )


def _publish(index: Path, parts: Sequence[Part], keys: Iterable[str]) -> tuple[bool, Manifest]:
    """Makes the generation of these parts the current one, unless it is; then removes what is no longer needed."""
    current = _current(index)
    before = None
    changed = current is None or current[1].fingerprint != fingerprint(parts)
    if current is None or changed:
        before = current[0] if current else None
        current = publish_merged(index, parts)
    # One of the same inputs is left by a process that died before it switched to it: nothing to roll back to.
    before = before or previous_generation(index, unlike=current[1].fingerprint)
    prune_generations(index, [current[0], *([before] if before else [])])
    if current[1].masked:
        prune_unmasked(index)
    used = {key for folder in generation_folders(index) for key in _parts_of(folder)}
    prune_parts(index, {*used, *keys})
    return changed, current[1]


def _current(index: Path) -> tuple[Path, Manifest] | None:
    """The current generation if it is whole; a missing, older or damaged one is simply built anew."""
    try:
        generation = current_generation(index)
        manifest = verify_generation(generation)
        check_no_strangers(generation, manifest.files)
        return generation, manifest
    except KenteSorError:
        return None


def _parts_of(generation: Path) -> Iterable[str]:
    try:
        return read_manifest(generation).parts.values()
    except KenteSorError:
        return ()


class _Workshop:
    """Works documents into parts: read in children, encoded here, as one model serves all of them."""

    def __init__(self, corpora: Path, index: Path, encoder: Encoder, options: Options, progress: Progress) -> None:
        self._corpora = corpora
        self._index = index
        self._encoder = encoder
        self._options = options
        self._progress = progress
        self._encoded = 0
        self._to_encode = 0
        self.failures: dict[str, str] = {}

    def work(self, entries: Sequence[Entry], keys: dict[str, str], limits: Limits) -> dict[str, Part]:
        """The parts of documents by id, in their order; ``failures`` gets the reasons of those that have none."""
        if not entries:
            return {}
        found: dict[str, Part] = {}
        with ExitStack() as stack:
            jobs = []
            for entry in entries:
                folder = stack.enter_context(building_folder(self._index / PARTS))
                jobs.append(Job(self._corpora, entry, self._options, folder))
            self._progress("reading", 0, len(jobs))
            with Children(limits) as children:
                for number, done in enumerate(children.run(jobs), 1):
                    entry = done.job.entry
                    if done.failure is None or done.final:
                        found[entry.id] = self._finish(done, keys[entry.id])
                    else:
                        self.failures[entry.id] = done.failure
                    self._progress("reading", number, len(jobs))
        return {entry.id: found[entry.id] for entry in entries if entry.id in found}

    def _finish(self, done: Done, key: str) -> Part:
        folder, entry = done.job.folder, done.job.entry
        if done.failure is None:
            texts = [passage.search_text for passage in Store(folder / STORE).passages()]
            np.save(folder / VECTORS, self._encode(texts, entry), allow_pickle=False)
        manifest = PartManifest(
            schema=SCHEMA_VERSION,
            key=key,
            document=entry.id,
            file=entry.file,
            sha256=entry.sha256,
            encoder=self._encoder.name,
            analysis=analysis_version(),
            masked=self._options.mask_personal_data,
            counts=dict(done.counts),
            notes=list(done.notes),
            failure=done.failure,
            files=files_of(folder),
        )
        return finish_part(self._index, folder, manifest)

    def _encode(self, texts: Sequence[str], entry: Entry) -> Matrix:
        known = known_vectors(self._index, entry, self._encoder.name)
        fresh = sorted({text for text in texts if text not in known})
        self._to_encode += len(fresh)
        if fresh:
            before = self._encoded
            vectors = self._encoder.encode_passages(fresh, lambda done: self._tell_encoded(before + done))
            known |= zip(fresh, vectors, strict=True)
            self._encoded = before + len(fresh)
        if not texts:
            return np.empty((0, self._encoder.dimension), dtype=np.float32)
        return np.stack([known[text] for text in texts]).astype(np.float32)

    def _tell_encoded(self, done: int) -> None:
        self._progress("encoding", done, self._to_encode)
