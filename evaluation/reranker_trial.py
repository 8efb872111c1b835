"""Two rerankers of our own on trial: late interaction over token vectors, and vectors tuned on generated questions.

Late interaction (MaxSim; Khattab & Zaharia, *ColBERT*, SIGIR 2020): the mean over the question's tokens of the best
cosine to a token of the passage. Tuning: a projection of low rank over the vectors of questions and passages, fitted
by softmax on the pairs of ``evaluation/question_pairs.py`` against all passages of the municipality, the neighbours of
the right row among them. Each is judged alone and in the ranking of ``evaluation/train_ranking.py``, five-fold over
the development questions, with paired bootstrap intervals. ``evaluation/reports/reranker.md`` tells the verdict.

    python -m evaluation.reranker_trial INDEX
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.bootstrap import difference
from evaluation.question_pairs import Pair, question_pairs
from evaluation.questions import GoldQuestion, read_questions
from evaluation.results import Result
from evaluation.train_ranking import fit, fold_of
from indexer.encoder import Encoder, Progress, default_folder
from indexer.encoding.e5 import GRAPH_FILE, MAX_TOKENS, PROMPTS, TOKENIZER_FILE
from indexer.index import Index
from indexer.storing.vectors import VectorIndex
from indexer.turkish import base, key, tokens
from qa.engine import Engine
from qa.features import FeatureReader, rarity
from qa.ranking import load_model
from qa.records import Hit, Question
from qa.retrieval import Parts, Retriever

Vectors = NDArray[np.float32]
Project = Callable[[Vectors], Vectors]
Span = tuple[int, int]
LAYERS = (6, 9, 12)
DEPTHS = (1, 5, 10)
_FEATURES = tuple(load_model("ranking").weights)  # those of the ranking that ships
_TOP = 30  # passages that late interaction alone orders anew
_RANK, _EPOCHS, _BATCH, _TEMPERATURE, _RATE = 64, 4, 256, 0.02, 1e-3


@dataclass(frozen=True, slots=True)
class Case:
    """A question of the trial with its candidates."""

    gold: GoldQuestion
    question: Question
    hits: list[Hit]

    def result(self, order: Sequence[Hit]) -> Result:
        """Recall of an order of passages."""
        found = [self.gold.supported_by(hit.passage) for hit in order[: max(DEPTHS)]]
        values = {f"recall@{depth}": (float(any(found[:depth])), 1.0) for depth in DEPTHS}
        return Result(self.gold.id, self.gold.type, self.gold.style, "", values)


class TokenReader:
    """Token vectors of the default model, of length one, from several of its layers."""

    def __init__(self, layers: Sequence[int] = LAYERS) -> None:
        import onnx
        import onnxruntime
        from tokenizers import Tokenizer

        model = onnx.load(str(default_folder() / GRAPH_FILE))
        self._outputs = [f"l{layer - 1}.out" for layer in layers]
        for name in self._outputs:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(model.SerializeToString(), options)
        self._tokenizer = Tokenizer.from_file(str(default_folder() / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def read(self, text: str, prompt: str) -> tuple[Vectors, list[Span]]:
        """Vectors, shape (layers, tokens, dimension), and where in ``text`` each token stands; no marks, no prompt."""
        encoding = self._tokenizer.encode(prompt + text)
        own = [i for i, (start, end) in enumerate(encoding.offsets) if end > max(start, len(prompt))]
        outputs = self._session.run(self._outputs, {"input_ids": np.array([encoding.ids], dtype=np.int64)})
        vectors = np.stack([output[0, own] for output in outputs])
        spans = [(encoding.offsets[i][0] - len(prompt), encoding.offsets[i][1] - len(prompt)) for i in own]
        return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), spans


def best_cosines(question: Vectors, passage: Vectors) -> Vectors:
    """For every token of the question its best cosine to a token of the passage, shape (..., question tokens)."""
    best: Vectors = (question @ passage.swapaxes(-1, -2)).max(axis=-1)
    return best


def token_weights(text: str, spans: Sequence[Span], weigh: Callable[[str], float]) -> Vectors:
    """The weight of each token: that of the word it is a piece of, shared by the pieces; 0 outside of words."""
    weights = np.zeros(len(spans), dtype=np.float32)
    for word in tokens(text):
        pieces = [i for i, (start, end) in enumerate(spans) if start < word.end and end > word.start]
        weights[pieces] = weigh(key(base(word.text))) / max(1, len(pieces))
    return weights


def late_scores(cases: Sequence[Case], index: Index, prompted: bool) -> dict[str, list[Vectors]]:
    """For each way to weigh and each layer the scores of every case's candidates, in their order."""
    reader = TokenReader()
    asking, telling = (PROMPTS["query"], PROMPTS["document"]) if prompted else ("", "")
    asked, wanted = [], defaultdict(list)
    for number, case in enumerate(cases):
        text = case.question.query_text or case.question.text
        vectors, spans = reader.read(text, asking)
        rare = token_weights(text, spans, lambda word: rarity(index, word))
        masses = {"even": np.full(len(spans), 1 / len(spans)), "rarity": rare / max(1e-9, float(rare.sum()))}
        asked.append((vectors, masses))
        for place, hit in enumerate(case.hits):
            wanted[hit.position].append((number, place))
    ending = "with prompts" if prompted else "no prompts"
    ways = [(f"{kind} weights, layer {LAYERS[i]}, {ending}", kind, i) for kind in ("even", "rarity") for i in range(3)]
    scores = {way: [np.zeros(len(case.hits), dtype=np.float32) for case in cases] for way, _, _ in ways}
    for position, places in wanted.items():
        passage, _ = reader.read(index.passages[position].search_text, telling)
        for number, place in places:
            vectors, masses = asked[number]
            best = best_cosines(vectors, passage)
            for way, kind, layer in ways:
                scores[way][number][place] = best[layer] @ masses[kind]
    return scores


def with_feature(case: Case, scores: Vectors) -> Case:
    """The case with one more feature, ``late``: the distance from the best in standard deviations, as ``dense`` is."""
    standing = (scores - scores.max()) / (scores.std() or 1)
    pairs = zip(case.hits, standing, strict=True)
    return replace(case, hits=[replace(hit, features={**hit.features, "late": float(new)}) for hit, new in pairs])


def ranked(cases: Sequence[Case], names: Sequence[str] = _FEATURES) -> list[list[Hit]]:
    """Every case's candidates in the order of a ranking that was fitted on the other folds."""
    models = [fit(names, [(case.gold, case.hits) for case in cases if fold_of(case.gold) != fold]) for fold in range(5)]
    return [_sorted(case.hits, [models[fold_of(case.gold)].score(hit.features) for hit in case.hits]) for case in cases]


def _sorted(hits: Sequence[Hit], scores: Iterable[float]) -> list[Hit]:
    return [hit for _, hit in sorted(zip(scores, hits, strict=True), key=lambda pair: -pair[0])]


def tuned_projection(pairs: Sequence[Pair], asked: Vectors, index: Index, held: Collection[str] = ()) -> Project:
    """Fits ``x + xUV`` on the pairs whose document is not among ``held``; ``asked`` are the questions' vectors."""
    import torch

    torch.manual_seed(0)
    told, questions = torch.tensor(index.vectors.vectors()), torch.tensor(asked)
    down = torch.nn.Parameter(torch.randn(told.shape[1], _RANK) / told.shape[1] ** 0.5)
    up = torch.nn.Parameter(torch.zeros(_RANK, told.shape[1]))

    def project(vectors: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.normalize(vectors + vectors @ down @ up, dim=-1)

    heads: dict[tuple[str, str], int] = {}
    head = np.array([heads.setdefault((p.document, p.search_text.split(";")[0]), len(heads)) for p in index.passages])
    owner = np.array([index.documents[passage.document].source.municipality for passage in index.passages])
    seen = np.array([passage.document not in held for passage in index.passages])
    goals = np.array([pair.position for pair in pairs])
    optimizer = torch.optim.AdamW([down, up], lr=_RATE, weight_decay=0.01)
    chance = np.random.default_rng(0)
    for _ in range(_EPOCHS):
        batches = []
        for name in sorted(set(owner[seen])):
            group = chance.permutation(np.flatnonzero(seen[goals] & (owner[goals] == name)))
            batches += [(name, batch) for batch in np.array_split(group, -(-len(group) // _BATCH) or 1) if len(batch)]
        for name, batch in [batches[i] for i in chance.permutation(len(batches))]:
            scope, right = np.flatnonzero(seen & (owner == name)), goals[batch]
            # A row of the same label elsewhere in the document is no wrong answer.
            twin = (head[right][:, None] == head[scope]) & (right[:, None] != scope)
            cosines = project(questions[batch]) @ project(told[scope]).T / _TEMPERATURE
            goal = torch.tensor(np.searchsorted(scope, right))
            loss = torch.nn.functional.cross_entropy(cosines.masked_fill(torch.tensor(twin), -1e9), goal)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    change: Vectors = (down @ up).detach().numpy()

    def apply(vectors: Vectors) -> Vectors:
        moved = vectors + vectors @ change
        return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)

    return apply


@dataclass(frozen=True)
class _ProjectedEncoder:
    inner: Encoder
    project: Project
    dimension: int
    name: str = "projected"  # such vectors are never kept in an index

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self.project(self.inner.encode_passages(texts, progress))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.project(self.inner.encode_queries(texts))


def projected(index: Index, project: Project) -> Index:
    """The index as it would be with projected vectors."""
    encoder = _ProjectedEncoder(index.encoder, project, index.encoder.dimension)
    return replace(index, vectors=VectorIndex.from_vectors(project(index.vectors.vectors())), encoder=encoder)


def left_out(gold: GoldQuestion, documents: Sequence[str]) -> frozenset[str]:
    """The documents that tuning may not see for a question: those of its evidence, and never fewer than two."""
    own = sorted({item.document for item in gold.evidence})
    return frozenset(own if len(own) > 1 else (own[0], documents[(documents.index(own[0]) + 1) % len(documents)]))


def _print(title: str, results: Sequence[Result], before: Sequence[Result]) -> None:
    means = [np.mean([result.values[f"recall@{depth}"][0] for result in results]) for depth in DEPTHS]
    change = difference(results, before, "recall@1")
    told = f"{change.value:+.3f} ({change.low:+.3f} to {change.high:+.3f})" if change and results is not before else ""
    print(f"| {title} | {' | '.join(f'{mean:.3f}' for mean in means)} | {told} |", flush=True)


def _try_late_interaction(cases: Sequence[Case], index: Index, present: Sequence[Result]) -> None:
    orders = ranked(cases)
    for prompted in (True, False):
        for way, scores in late_scores(cases, index, prompted).items():
            alone = []
            for case, order, own in zip(cases, orders, scores, strict=True):
                score = dict(zip((hit.position for hit in case.hits), own, strict=True))
                alone.append(case.result(_sorted(order[:_TOP], [score[hit.position] for hit in order[:_TOP]])))
            more = [with_feature(case, own) for case, own in zip(cases, scores, strict=True)]
            joined = [case.result(order) for case, order in zip(more, ranked(more, (*_FEATURES, "late")), strict=True)]
            _print(f"late interaction alone: {way}", alone, present)
            _print(f"late interaction as a feature: {way}", joined, present)


def _try_tuning(cases: Sequence[Case], index: Index, present: Sequence[Result]) -> None:
    pairs, documents = question_pairs(index), sorted(index.documents)
    asked = index.encoder.encode_queries([pair.question for pair in pairs])
    features = FeatureReader(index)
    dense = Parts(lexical=False, reranking=False)
    groups: dict[str, dict[frozenset[str], list[Case]]] = {"all documents": {frozenset(): list(cases)}}
    apart: dict[frozenset[str], list[Case]] = defaultdict(list)
    for case in cases:
        apart[left_out(case.gold, documents)].append(case)
    groups["other documents"] = apart
    before = [case.result(Retriever(index, None, features, dense).candidates(case.question)) for case in cases]
    _print("present vectors alone", before, before)
    for title, parted in groups.items():
        alone, fused = [], []
        for held, own in parted.items():
            tuned = projected(index, tuned_projection(pairs, asked, index, held))
            for case in own:
                alone.append(case.result(Retriever(tuned, None, features, dense).candidates(case.question)))
                fused.append(replace(case, hits=Retriever(tuned, None, features).candidates(case.question)))
        _print(f"vectors tuned on {title}, alone (change to the present ones alone)", alone, before)
        joined = [case.result(order) for case, order in zip(fused, ranked(fused), strict=True)]
        _print(f"vectors tuned on {title}, in the ranking", joined, present)


def main() -> None:
    """Runs both trials and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    engine = Engine.open(parser.parse_args().index)
    retriever = Retriever(engine.index, None)
    understood = [(gold, engine.understand(gold.question, gold.history)) for gold in read_questions() if gold.evidence]
    cases = [Case(gold, question, retriever.candidates(question)) for gold, question in understood]
    present = [case.result(order) for case, order in zip(cases, ranked(cases), strict=True)]
    print("| what | recall@1 | recall@5 | recall@10 | change of recall@1 |\n|---|---:|---:|---:|---:|")
    _print("present ranking", present, present)
    _try_tuning(cases, engine.index, present)
    _try_late_interaction(cases, engine.index, present)


if __name__ == "__main__":
    main()
