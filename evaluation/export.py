"""The benchmark as others read it: a BEIR folder and TREC files, and SQuAD-like JSON turned into documents.

BEIR: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv`` (Thakur et al., *BEIR*, NeurIPS Datasets 2021). TREC:
``qrels.txt`` (question, 0, passage, grade) and ``topics.tsv`` (question, text).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.corpus import Piece
from evaluation.judgements import Qrels, judge
from evaluation.questions import GoldQuestion
from indexer.errors import InputError, StorageError, reason_of
from indexer.turkish import ascii_key


def export(questions: Sequence[GoldQuestion], pieces: Sequence[Piece], folder: Path) -> dict[str, int]:
    """Writes both forms into ``folder``; only questions with a relevant passage are judged and so exported.

    The text of a passage is what our own index embeds (the repaired reading with its headings and document), so that
    every engine is given the same. A question of a conversation is led by the earlier ones.

    Returns:
        How many passages, questions and judgements were written.

    Raises:
        StorageError: the folder cannot be written.
    """
    qrels = {question: grades for question, grades in judge(questions, pieces).items() if grades}
    asked = {question.id: " ".join((*question.history, question.question)) for question in questions}
    corpus = ({"_id": one.id, "title": one.title, "text": one.search_text} for one in pieces)
    files = {
        "corpus.jsonl": _lines(list(corpus)),
        "queries.jsonl": _lines([{"_id": name, "text": asked[name]} for name in qrels]),
        "qrels/test.tsv": "query-id\tcorpus-id\tscore\n" + _judgements(qrels, "{0}\t{1}\t{2}\n"),
        "trec/qrels.txt": _judgements(qrels, "{0} 0 {1} {2}\n"),
        "trec/topics.tsv": "".join(f"{name}\t{' '.join(asked[name].split())}\n" for name in qrels),
    }
    write_files(folder, files)
    judged = sum(len(grades) for grades in qrels.values())
    return {"passages": len(pieces), "questions": len(qrels), "judgements": judged}


def import_squad(source: Path, folder: Path) -> dict[str, int]:
    """Turns SQuAD-like JSON (SQuAD, XQuAD, TQuAD) into ``folder/texts`` and ``folder/questions.jsonl``.

    Every article becomes a document with a paragraph a line, every question one whose evidence is its paragraph; one
    without answers (SQuAD 2.0) is unanswerable.

    Returns:
        How many documents and questions were written.

    Raises:
        InputError: the file is missing or not of that form.
        StorageError: the folder cannot be written.
    """
    try:
        articles = json.loads(source.read_text(encoding="utf-8"))["data"]
        files, questions = {}, []
        for number, article in enumerate(articles, 1):
            name = f"{number:03d}-{_slug(article.get('title') or 'article')}"
            paragraphs = [" ".join(paragraph["context"].split()) for paragraph in article["paragraphs"]]
            files[f"texts/{name}.txt"] = "\n".join(paragraphs) + "\n"
            for line, paragraph in enumerate(article["paragraphs"], 1):
                questions += [_squad_question(asked, name, line, paragraphs[line - 1]) for asked in paragraph["qas"]]
    except OSError as error:
        raise InputError(f"{source}: okunamadı ({reason_of(error)}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{source}: SQuAD biçiminde bir JSON dosyası değil.") from error
    write_files(folder, files | {"questions.jsonl": _lines(questions)})
    return {"documents": len(files), "questions": len(questions)}


def _squad_question(asked: Mapping[str, Any], document: str, line: int, paragraph: str) -> dict[str, Any]:
    answers = list(dict.fromkeys(" ".join(answer["text"].split()) for answer in asked["answers"]))
    place = {"doc": document, "line_start": line, "line_end": line, "quote": paragraph}
    return {
        "id": str(asked["id"]),
        "question": asked["question"],
        "type": "text" if answers else "unanswerable",
        "docs": [document] if answers else [],
        "answer": answers[0] if answers else "",
        "keywords": answers[:1],
        "evidence": [place] if answers else [],
    }


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", ascii_key(title)).strip("-")[:60] or "article"


def _lines(objects: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in objects)


def _judgements(qrels: Qrels, form: str) -> str:
    return "".join(form.format(name, *pair) for name, grades in qrels.items() for pair in grades.items())


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Writes text files into ``folder``, which is made where needed.

    Raises:
        StorageError: one cannot be written.
    """
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{folder}: yazılamadı ({reason_of(error)}). Başka bir klasör verin.") from error
