"""The parts of ``evaluation/reranker_trial.py``, on vectors and documents made up for it."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.question_pairs import Pair, question_pairs
from evaluation.questions import Evidence, GoldQuestion
from evaluation.reranker_trial import (
    Case,
    best_cosines,
    left_out,
    projected,
    ranked,
    token_weights,
    tuned_projection,
    with_feature,
)
from evaluation.train_ranking import fold_of
from indexer.build import build_index
from indexer.encoder import Encoder
from indexer.index import Index
from indexer.records import Passage, Span
from qa.records import Hit, Question

SECTIONS = {
    "park": "Belediyemiz ilçede yeşil alan düzenlemesi ve çocuk oyun grubu kurulumu yapmıştır.",
    "yol": "Sıcak asfalt kaplama ile kaldırım onarımı mahallelerde aralıksız sürmüştür.",
    "su": "İçme suyu hattı döşenmiş, eski şebeke borusu yenilenmiş ve kayıplar azaltılmıştır.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, words: Encoder) -> Index:
    room = tmp_path_factory.mktemp("reranker")
    folder = room / "belgeler"
    folder.mkdir()
    for name, text in SECTIONS.items():
        head = f"ÖRNEK BELEDİYESİ\n\n{'2024' if name != 'su' else '2023'} YILI FAALİYET RAPORU\n\n"
        (folder / f"{name}.txt").write_text(head + text + "\n", encoding="utf-8")
    build_index(folder, room / "dizin", words)
    return Index.open(room / "dizin", words)


def gold(number: int, *documents: str) -> GoldQuestion:
    evidence = tuple(Evidence(document, 1, 1) for document in documents)
    return GoldQuestion(str(number), "?", (), "text", "formal", documents, (), (), evidence)


def test_the_best_cosine_of_each_token_of_the_question() -> None:
    question = np.array([[[1.0, 0.0], [0.0, 1.0]]], dtype=np.float32)
    passage = np.array([[[0.6, 0.8], [0.8, 0.6], [-1.0, 0.0]]], dtype=np.float32)
    assert best_cosines(question, passage) == pytest.approx(np.array([[0.8, 0.8]]))


def test_the_pieces_of_a_word_share_its_weight() -> None:
    weights = token_weights(
        "asfalt hedef?", [(0, 3), (3, 6), (6, 12), (12, 13)], lambda word: {"asfalt": 4.0}.get(word, 1.0)
    )
    assert weights.tolist() == [2.0, 2.0, 1.0, 0.0]


def test_generated_questions_ask_for_their_passage(index: Index) -> None:
    pairs = question_pairs(index)
    assert pairs == question_pairs(index) != question_pairs(index, seed=2)
    assert {pair.position for pair in pairs} == set(range(len(index.passages)))


def test_tuning_brings_questions_nearer_to_what_answers_them(index: Index) -> None:
    chance = np.random.default_rng(0)
    told = index.vectors.vectors()
    pairs = [Pair("", position) for position in range(len(told)) for _ in range(8)]
    # Every question lies nearest to a wrong passage, always the same one.
    asked = np.stack([told[(pair.position + 1) % len(told)] for pair in pairs])
    asked = (asked + chance.normal(0, 0.01, asked.shape)).astype(np.float32)

    def loss(project) -> float:  # type: ignore[no-untyped-def]
        cosines = project(asked) @ project(told).T
        return float(np.mean([cosines.max(axis=1) - cosines[range(len(pairs)), [pair.position for pair in pairs]]]))

    tuned = tuned_projection(pairs, asked, index)
    assert loss(tuned) < loss(lambda vectors: vectors)
    blind = tuned_projection(pairs, asked, index, held=index.documents.keys())
    assert blind(told) == pytest.approx(told, abs=1e-6)
    moved = projected(index, tuned)
    assert moved.vectors.vectors() == pytest.approx(tuned(told), abs=1e-6)
    assert moved.encoder.encode_queries(["asfalt"]) == pytest.approx(tuned(index.encoder.encode_queries(["asfalt"])))


def test_tuning_never_sees_the_documents_of_a_question() -> None:
    documents = ["a", "b", "c", "d"]
    assert left_out(gold(1, "b"), documents) == {"b", "c"}
    assert left_out(gold(1, "d"), documents) == {"a", "d"}
    assert left_out(gold(1, "a", "c"), documents) == {"a", "c"}


def test_a_feature_that_tells_the_answer_is_learned() -> None:
    right, wrong = (
        Hit(Passage(document, "prose", Span(0, 1), "x", "x", 1, 1), 0.0, position, {"label": 0.5})
        for position, document in enumerate(("a", "b"))
    )
    cases = [Case(gold(number, "a"), Question("?"), [wrong, right]) for number in range(40)]
    assert {fold_of(case.gold) for case in cases} == set(range(5))
    told = [with_feature(case, np.array([0.1, 0.9], dtype=np.float32)) for case in cases]
    orders = ranked(told, ("label", "late"))
    assert all(order[0].passage.document == "a" for order in orders)
    assert all(case.result(order).values["recall@1"] == (1.0, 1.0) for case, order in zip(cases, orders, strict=True))
    assert [hit.features for hit in cases[0].hits] == [{"label": 0.5}] * 2
