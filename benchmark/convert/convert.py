"""Makes each framework's weights of a BERT encoder from its ONNX export, and proves that all give the same vectors.

    convert.py MODEL.onnx TOKENIZER.json FOLDER ID MAX_LENGTH

FOLDER gets onnx/model.onnx, pytorch/model.safetensors with config.json, openvino/model.xml, tokenizer.json and model.json. PyTorch's
names are read off the export: initialisers that kept theirs, and matrix products by the names of their nodes. The proof of the
safetensors is a BERT in NumPy, which shares no code with any framework.
"""

import json
import math
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import openvino
from onnx import numpy_helper
from safetensors.numpy import load_file, save_file

from encoding import mean_of_tokens, tokenizer_of

HEAD_SIZES = {384: 32, 768: 64, 1024: 64}
LEAST_COSINE = 0.99999
TEXTS = [
    "hello world",
    "What is Deep Learning?",
    "Zürich, naïve façades & 東京 — 42 %",
    "A man is eating food while a second one, who has waited for an hour, looks at the menu and asks for the price of everything.",
]


def weights_of(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    initialisers = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    weights = {name: value for name, value in initialisers.items() if name.endswith((".weight", ".bias"))}
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in initialisers:
            name = node.name.removeprefix("/").removesuffix("/MatMul").replace("/", ".") + ".weight"
            # An export multiplies from the right by [in, out]; a Linear keeps [out, in].
            weights[name] = np.ascontiguousarray(initialisers[node.input[1]].T)
    return {name: value.astype(np.float32) for name, value in weights.items()}


def config_of(weights: dict[str, np.ndarray]) -> dict:
    vocabulary, hidden = weights["embeddings.word_embeddings.weight"].shape
    if hidden not in HEAD_SIZES:
        sys.exit(f"a hidden size of {hidden} is none of {sorted(HEAD_SIZES)}, whose heads are known")
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": hidden,
        "intermediate_size": weights["encoder.layer.0.intermediate.dense.bias"].shape[0],
        "layer_norm_eps": 1e-12,
        "max_position_embeddings": weights["embeddings.position_embeddings.weight"].shape[0],
        "num_attention_heads": hidden // HEAD_SIZES[hidden],
        "num_hidden_layers": layers,
        "pad_token_id": 0,
        "position_embedding_type": "absolute",
        "type_vocab_size": weights["embeddings.token_type_embeddings.weight"].shape[0],
        "vocab_size": vocabulary,
        "attention_probs_dropout_prob": 0.0,
        "hidden_dropout_prob": 0.0,
        "initializer_range": 0.02,
        "torch_dtype": "float32",
    }


def numpy_bert(weights: dict[str, np.ndarray], config: dict, ids: np.ndarray) -> np.ndarray:
    """One text without padding: its hidden states [tokens, hidden]."""
    erf = np.vectorize(math.erf)
    heads = config["num_attention_heads"]

    def linear(x, name):
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def normed(x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + config["layer_norm_eps"])
        return scaled * weights[name + ".weight"] + weights[name + ".bias"]

    def split(x):
        return x.reshape(len(ids), heads, -1).transpose(1, 0, 2)

    x = weights["embeddings.word_embeddings.weight"][ids] + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = normed(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for i in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{i}."
        q, k, v = (split(linear(x, layer + "attention.self." + part)) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(len(ids), -1)
        x = normed(x + linear(mixed, layer + "attention.output.dense"), layer + "attention.output.LayerNorm")
        inner = linear(x, layer + "intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
        x = normed(x + linear(inner, layer + "output.dense"), layer + "output.LayerNorm")
    return x


def prove(folder: Path, config: dict, max_length: int) -> None:
    tokenizer = tokenizer_of(folder, max_length)
    session = onnxruntime.InferenceSession(folder / "onnx/model.onnx", providers=["CPUExecutionProvider"])
    compiled = openvino.compile_model(folder / "openvino/model.xml", "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    weights = load_file(folder / "pytorch/model.safetensors")
    least = {"openvino": 1.0, "pytorch": 1.0}
    for text in TEXTS:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        mask = np.ones_like(ids)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        reference = mean_of_tokens(session.run(None, feeds)[0], mask)[0]
        found = {
            "openvino": mean_of_tokens(compiled(feeds)[0], mask)[0],
            "pytorch": mean_of_tokens(numpy_bert(weights, config, ids[0])[np.newaxis].astype(np.float32), mask)[0],
        }
        for name, vector in found.items():
            least[name] = min(least[name], float(vector @ reference))
    for name, cosine in least.items():
        print(f"{name}: least cosine to the original {cosine:.7f}")
        if not cosine >= LEAST_COSINE:
            sys.exit(f"{name}'s weights give other vectors than the original")


def let_all_read(folder: Path) -> None:
    """The servers' containers run as another user than the one who converts, and safetensors writes for its owner alone."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))


def main(source: str, tokenizer: str, target: str, name: str, max_length: int) -> None:
    folder = Path(target)
    for part in ("onnx", "pytorch", "openvino"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / "onnx/model.onnx")
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    weights = weights_of(onnx.load(source).graph)
    config = config_of(weights)
    (folder / "pytorch/config.json").write_text(json.dumps(config, indent=2))
    save_file(weights, folder / "pytorch/model.safetensors", metadata={"format": "pt"})
    openvino.save_model(openvino.convert_model(source), folder / "openvino/model.xml", compress_to_fp16=False)
    prove(folder, config, max_length)
    settings = folder / "model.json.part"
    settings.write_text(json.dumps({"id": name, "max_seq_length": max_length}))
    let_all_read(folder)
    # Last: what has it is whole.
    settings.rename(folder / "model.json")


main(*sys.argv[1:5], int(sys.argv[5]))
