"""ONNX Runtime behind Triton's Python backend: `text`, [texts], to `embedding`, [texts, dimension]. An instance is a process."""

import json
import os
from pathlib import Path

import numpy as np
import onnxruntime
import triton_python_backend_utils as triton
from encoding import batches, mean_of_tokens, padded, tokenizer_of


class TritonPythonModel:
    def initialize(self, args: dict[str, str]) -> None:
        folder = Path(os.environ["MODEL"])
        settings = json.loads((folder / "model.json").read_text())
        self.tokenizer = tokenizer_of(folder, settings["max_seq_length"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("THREADS", 1))
        # Threads that wait by spinning would take the cores of the other instances.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(
            folder / "onnx/model.onnx", options, providers=["CPUExecutionProvider"]
        )

    def execute(self, requests: list) -> list:
        return [self.answer(request) for request in requests]

    def answer(self, request) -> "triton.InferenceResponse":
        texts = triton.get_input_tensor_by_name(request, "text").as_numpy().tolist()
        if not texts:
            return triton.InferenceResponse(error=triton.TritonError("text has no element, and must have at least one"))
        rows = [encoding.ids for encoding in self.tokenizer.encode_batch_fast([text.decode() for text in texts])]
        vectors: list[np.ndarray] = [np.empty(0)] * len(rows)
        for places in batches(rows):
            ids, mask = padded([rows[i] for i in places])
            feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            for place, vector in zip(places, mean_of_tokens(self.session.run(None, feeds)[0], mask)):
                vectors[place] = vector
        return triton.InferenceResponse([triton.Tensor("embedding", np.stack(vectors).astype(np.float32))])
