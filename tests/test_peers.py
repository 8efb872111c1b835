"""The contract of ``python -m evaluation.peers``; no peer is installed here."""

import json
import math
import subprocess
import sys
from io import StringIO

import pytest

from evaluation.peers import __main__ as script
from evaluation.peers import runner
from evaluation.peers.engine import PEERS, locate
from evaluation.peers.environments import Environment, variables
from evaluation.peers.formats import read_corpus, read_queries, read_run, write_run
from evaluation.peers.runner import Task, command, run_peers
from indexer.errors import PeerError, StorageError

# Stands for an engine: ranks by shared letters. It is found by the worker as any peer's module is.
ENGINE = """
class Letters:
    packages, settings = (), {"index": "letters"}
    def split(self, text):
        return [(i, i + 4) for i in range(0, len(text), 4)]
    def index(self, names, texts, depth):
        self.passages, self.depth = dict(zip(names, texts)), depth
    def search(self, question):
        scores = {name: float(len(set(question) & set(text))) for name, text in self.passages.items()}
        return sorted(scores.items(), key=lambda item: -item[1])[: self.depth]

import sys, types
module = types.ModuleType("evaluation.peers.txtai_engine")
module.open_engine = lambda encoder: Letters()
sys.modules[module.__name__] = module
"""


@pytest.fixture
def beir(tmp_path):
    folder = tmp_path / "beir"
    folder.mkdir()
    passages = [{"_id": "d:0-3", "title": "", "text": "abc"}, {"_id": "d:3-6", "title": "x", "text": "def"}]
    queries = [{"_id": "q1", "text": "def?"}, {"_id": "q2", "text": "ab"}]
    for name, lines in (("corpus.jsonl", passages), ("queries.jsonl", queries)):
        (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture
def environments(tmp_path, monkeypatch):
    """A cache with nothing in it but, for every peer, an environment that counts as made."""
    monkeypatch.setenv("KENTESOR_CACHE", str(tmp_path / "cache"))
    for peer in PEERS:
        environment = Environment.of(peer)
        environment.python.parent.mkdir(parents=True)
        environment.python.touch()
        environment.ensure(StringIO(), lambda *_: 0)
        assert environment.ready


def task(tmp_path, beir, **changes):
    return Task(beir, tmp_path / "runs", tmp_path / "encoder", 10, **changes)


def in_process(arguments, *_):
    """Runs a peer's command with this interpreter and the engine above in the place of txtai."""
    start = arguments.index("-c") + 1
    line = [sys.executable, "-P", "-c", ENGINE + arguments[start], *arguments[start + 1 :]]
    return subprocess.run(line, check=False, capture_output=True).returncode


def test_a_run_comes_back_as_it_was_written(tmp_path):
    run = {"q1": [("b", 0.5), ("a", 0.5), ("c", 0.5), ("d", -1.0)], "q2": [("a", 30.25)]}
    write_run(tmp_path / "x.run", run, "tag")
    back = read_run(tmp_path / "x.run")
    assert {question: [name for name, _ in ranking] for question, ranking in back.items()} == {
        "q1": ["b", "a", "c", "d"],
        "q2": ["a"],
    }
    scores = [score for _, score in back["q1"]]
    assert scores == sorted(set(scores), reverse=True)  # no ties, which tools would break by name
    assert all(math.isclose(got, score, rel_tol=1e-5) for got, (_, score) in zip(scores, run["q1"], strict=True))
    assert (tmp_path / "x.run").read_text().splitlines()[0] == "q1 Q0 b 1 0.5 tag"


@pytest.mark.parametrize("ranking", [[("a b", 1.0)], [("", 1.0)], [("a", 2.0), ("a", 1.0)]])
def test_a_run_that_the_format_cannot_hold_is_refused(tmp_path, ranking):
    with pytest.raises(ValueError, match=r"white space|twice"):
        write_run(tmp_path / "x.run", {"q": ranking}, "tag")
    assert not (tmp_path / "x.run").exists()


def test_a_damaged_file_is_named_with_its_line(tmp_path, beir):
    (tmp_path / "x.run").write_text("q Q0 a 1 0.5 t\nq Q0 b 2 high t\n")
    with pytest.raises(ValueError, match=r"x\.run:2"):
        read_run(tmp_path / "x.run")
    (beir / "queries.jsonl").write_text('{"_id": "q", "text": "?"}\n{"_id": 7, "text": "?"}\n')
    with pytest.raises(ValueError, match=r"queries\.jsonl:2"):
        read_queries(beir)


def test_a_title_stands_before_its_text(beir):
    assert read_corpus(beir) == {"d:0-3": "abc", "d:3-6": "x\ndef"}


def test_pieces_are_found_in_their_order():
    assert list(locate("a b a c", ["a", "b a", "a c"])) == [(0, 1), (2, 5), (4, 7)]
    with pytest.raises(ValueError, match="not found"):
        list(locate("a b", ["b", "a"]))


def test_an_environment_is_made_from_its_requirements(tmp_path):
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("txtai==1\n")
    environment = Environment(tmp_path / "environment", requirements)
    made = []

    def run(arguments, *_):
        made.append(arguments)
        environment.python.parent.mkdir(parents=True, exist_ok=True)
        environment.python.touch()
        return 0

    environment.ensure(StringIO(), run)
    assert made == environment.commands()
    assert made[0][1:3] == ["-m", "venv"] and made[0][-1] == str(environment.folder)
    python = str(environment.python)
    assert made[1][1:6] == ["-m", "pip", "--python", python, "install"] and made[1][-1] == str(requirements)
    environment.ensure(StringIO(), run)
    assert len(made) == 2  # ready
    requirements.write_text("txtai==2\n")
    environment.ensure(StringIO(), run)
    assert len(made) == 4


def test_an_environment_that_was_cut_off_is_not_ready(tmp_path):
    environment = Environment(tmp_path / "environment", tmp_path / "requirements.txt")
    environment.requirements.write_text("txtai==1\n")
    with pytest.raises(PeerError):
        environment.ensure(StringIO(), lambda arguments, *_: int("pip" in arguments))
    assert not environment.ready


@pytest.mark.parametrize("peer", PEERS)
def test_requirements_are_pinned_with_the_torch_of_ours(peer):
    lines = Environment.of(peer).requirements.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(line.count("==") == 1 for line in pins)
    assert "torch==2.13.0" in pins


def test_the_command_line_of_a_peer(tmp_path, beir):
    environment = Environment(tmp_path / "environment", tmp_path / "requirements.txt")
    line = command(environment, "haystack", task(tmp_path, beir, split=True))
    assert line[:3] == [str(tmp_path / "environment/bin/python"), "-P", "-c"]
    assert line[5:8] == ["haystack", str(beir), str(tmp_path / "runs/haystack-own-passages.run")]
    assert line[8:] == ["--encoder", str(tmp_path / "encoder"), "--depth", "10", "--split"]


def test_a_peer_sees_neither_our_paths_nor_the_network(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/ours")
    offline, online = variables(offline=True), variables(offline=False)
    assert "PYTHONPATH" not in offline and "PYTHONPATH" not in online
    assert offline["HF_HUB_OFFLINE"] == "1" and offline["HAYSTACK_TELEMETRY_ENABLED"] == "False"
    guard = (
        "from evaluation.peers.worker import forbid_network; import socket; forbid_network()\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        "except PermissionError: print('refused')"
    )
    assert subprocess.check_output([sys.executable, "-c", guard], cwd=runner.ROOT) == b"refused\n"


@pytest.mark.usefixtures("environments")
def test_a_worker_writes_run_and_timings(tmp_path, beir):
    (outcome,) = run_peers(["txtai"], task(tmp_path, beir), run=in_process)
    assert outcome.error is None
    assert [name for name, _ in read_run(outcome.run)["q1"]] == ["d:3-6", "d:0-3"]
    assert [name for name, _ in read_run(outcome.run)["q2"]] == ["d:0-3", "d:3-6"]
    assert (outcome.record["passages"], outcome.record["questions"]) == (2, 2)
    assert outcome.record["query_ms_median"] >= 0 and outcome.record["settings"] == {"index": "letters"}


@pytest.mark.usefixtures("environments")
def test_passages_of_a_peer_are_named_by_their_spans(tmp_path, beir):
    (beir / "corpus.jsonl").write_text('{"_id": "doc", "title": "", "text": "abcdefgh"}\n')
    (outcome,) = run_peers(["txtai"], task(tmp_path, beir, split=True), run=in_process)
    assert [name for name, _ in read_run(outcome.run)["q1"]] == ["doc:4-8", "doc:0-4"]


@pytest.mark.usefixtures("environments")
def test_a_peer_that_fails_stops_no_other(tmp_path, beir):
    def run(arguments, _, log):
        if "txtai" in arguments:
            return in_process(arguments)
        log.write("Traceback ...\nValueError: no such thing\n")
        log.flush()
        return 1

    stale = task(tmp_path, beir).run_file("haystack")
    stale.parent.mkdir()
    stale.write_text("of an earlier run")
    outcomes = {outcome.peer: outcome for outcome in run_peers(["haystack", "txtai"], task(tmp_path, beir), run=run)}
    message = str(outcomes["haystack"].error)
    assert "ValueError: no such thing" in message and "haystack.log" in message and "\n" not in message
    assert not stale.exists()
    assert outcomes["txtai"].error is None and outcomes["txtai"].run.exists()


def test_an_output_folder_that_cannot_be_made_is_said(tmp_path, beir):
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(StorageError):
        next(run_peers(["txtai"], task(tmp_path, beir)))


def start(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["evaluation.peers", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        script.main()
    return ended.value.code


@pytest.mark.usefixtures("environments")
def test_the_script_goes_on_and_ends_with_one(tmp_path, beir, monkeypatch, capsys):
    def some(arguments, *_):
        return in_process(arguments) if "txtai" in arguments else 1

    monkeypatch.setattr(script, "default_folder", lambda: tmp_path)
    monkeypatch.setattr(script, "run_peers", lambda peers, task, progress: run_peers(peers, task, progress, run=some))
    assert start(monkeypatch, beir, "--output", tmp_path / "runs") == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in lines if ":" in line] == list(PEERS)
    assert start(monkeypatch, beir, "--output", tmp_path / "runs", "--peer", "txtai") == 0


def test_a_folder_that_is_not_beir_is_one_line(tmp_path, monkeypatch):
    message = start(monkeypatch, tmp_path, "--output", tmp_path / "runs")
    assert isinstance(message, str) and "corpus.jsonl" in message and "\n" not in message
