"""Builds the ONNX graph of multilingual-e5-small straight from its weights, in the precision that is fastest on a CPU.

One text goes in (``input_ids``: int64, (1, length), without padding), its L2-normalised mean-pooled vector comes out
(``embedding``: float32, (1, hidden)). Linear layers are int8: weights by output channel, made here once; activations
by tensor, on the fly. As one text is one tensor, a text's vector depends on nothing but the text. Word vectors stay in
the 4 bits that they come in. The architecture is BERT (Devlin et al., 2019, arXiv:1810.04805); the operators are those
of ONNX opset 21 and of ``com.microsoft`` in ONNX Runtime 1.20 or newer. ``evaluation/reports/encoder.md`` has the
measurements that chose this form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from indexer.encoding.weights import BLOCK, E5Weights

INPUT = "input_ids"
OUTPUT = "embedding"
_MICROSOFT = "com.microsoft"
_OPSET = 21
# 7 bits: on x86 processors without VNNI, sums of two products of 8-bit weights overflow their 16-bit register.
_WEIGHT_RANGE = 63
_IR_VERSION = 10  # that of opset 21; onnx would write its newest, which an older ONNX Runtime refuses


def build_graph(weights: E5Weights, precision: str = "int8") -> onnx.ModelProto:
    """Build the encoder.

    Args:
        weights: the weights of the model.
        precision: "int8", or "float32" for the reference that int8 is measured against.

    Returns:
        The model, with its weights inside.
    """
    graph = _Graph(weights, precision)
    hidden_states = graph.embed()
    for layer in range(weights.layers):
        hidden_states = graph.layer(hidden_states, f"l{layer}.")
    axis = graph.constant("pool.axis", np.array([1], dtype=np.int64))
    graph.add("ReduceMean", [hidden_states, axis], "pool.mean", keepdims=0)
    graph.add("LpNormalization", ["pool.mean"], OUTPUT, axis=-1, p=2)
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.INT64, [1, "length"])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, weights.hidden])],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)],
        ir_version=_IR_VERSION,
    )


class _Graph:
    """Nodes and constants as they are added; a node bears the name of its first output."""

    def __init__(self, weights: E5Weights, precision: str) -> None:
        self.weights = weights
        self.precision = precision
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], *outputs: str, domain: str = "", **attributes: Any) -> str:
        node = helper.make_node(operator, inputs, outputs, name=outputs[0], domain=domain, **attributes)
        self.nodes.append(node)
        return outputs[0]

    def norm_constants(self, name: str) -> list[str]:
        return [self.constant(f"{name}.{part}", self.weights.vectors[f"{name}.{part}"]) for part in ("w", "b")]

    def embed(self) -> str:
        """Add the embeddings: word + position + token type (always the first), normalised."""
        vectors = self.weights.vectors
        words = self.word_vectors()
        self.constant("emb.pos", vectors["emb.pos"] + vectors["emb.type"][0])
        zero = self.constant("zero", np.array([0], dtype=np.int64))
        self.add("Shape", [INPUT], "length", start=1, end=2)
        self.add("Slice", ["emb.pos", zero, "length", zero], "positions")
        self.add("Add", [words, "positions"], "emb.sum")
        inputs = ["emb.sum", *self.norm_constants("emb.ln")]
        return self.add("LayerNormalization", inputs, "emb.out", axis=-1, epsilon=self.weights.epsilon)

    def word_vectors(self) -> str:
        if self.precision == "float32":
            table = self.constant("emb.word", self.weights.tensor("emb.word"))
            return self.add("Gather", [table, INPUT], "words")
        matrix = self.weights.matrices["emb.word"]
        tensor = onnx.TensorProto(
            name="emb.word", data_type=TensorProto.INT4, dims=[len(matrix.scales), self.weights.hidden]
        )
        tensor.raw_data = (matrix.packed ^ 0x88).tobytes()  # codes 0..15 around 8 become two's complement around 0
        self.initializers.append(tensor)
        scales = self.constant("emb.word.scale", matrix.scales)
        return self.add(
            "GatherBlockQuantized",
            ["emb.word", INPUT, scales],
            "words",
            domain=_MICROSOFT,
            gather_axis=0,
            quantize_axis=1,
            block_size=BLOCK,
        )

    def linear(self, source: str, names: Sequence[str], output: str) -> str:
        """Add one linear layer; several of the same input become one, their outputs side by side."""
        matrix = np.concatenate([self.weights.tensor(f"{name}.w") for name in names]).T
        bias = self.constant(f"{output}.b", np.concatenate([self.weights.vectors[f"{name}.b"] for name in names]))
        if self.precision == "float32":
            product = self.add("MatMul", [source, self.constant(f"{output}.w", matrix)], f"{output}.product")
            return self.add("Add", [product, bias], output)
        scales = (np.abs(matrix).max(axis=0) / _WEIGHT_RANGE).astype(np.float32)
        codes = np.rint(matrix / scales).astype(np.int8)
        inputs = [
            source,
            self.constant(f"{output}.w", codes),
            self.constant(f"{output}.scale", scales),
            self.constant(f"{output}.zero", np.zeros(len(scales), dtype=np.int8)),
            bias,
        ]
        return self.add("DynamicQuantizeMatMul", inputs, output, domain=_MICROSOFT)

    def residual_norm(self, source: str, change: str, norm: str, output: str) -> str:
        inputs = [source, change, *self.norm_constants(norm)]
        epsilon = self.weights.epsilon
        return self.add("SkipLayerNormalization", inputs, output, domain=_MICROSOFT, epsilon=epsilon)

    def layer(self, source: str, prefix: str) -> str:
        """Add one layer of the encoder: self-attention, then the feed-forward block."""
        query, key, value = (f"{prefix}{part}" for part in "qkv")
        self.linear(source, [query, key, value], f"{prefix}qkv")
        self.add("Split", [f"{prefix}qkv"], query, key, value, axis=-1, num_outputs=3)
        inputs = [query, key, value]
        self.add("MultiHeadAttention", inputs, f"{prefix}context", domain=_MICROSOFT, num_heads=self.weights.heads)
        self.linear(f"{prefix}context", [f"{prefix}ao"], f"{prefix}attention")
        middle = self.residual_norm(source, f"{prefix}attention", f"{prefix}aln", f"{prefix}middle")
        self.linear(middle, [f"{prefix}fi"], f"{prefix}wide")
        self.add("Gelu", [f"{prefix}wide"], f"{prefix}gelu")
        self.linear(f"{prefix}gelu", [f"{prefix}fo"], f"{prefix}narrow")
        return self.residual_norm(middle, f"{prefix}narrow", f"{prefix}oln", f"{prefix}out")
