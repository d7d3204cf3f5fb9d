"""ONNX Runtime in Python."""

from pathlib import Path

import numpy as np
import onnxruntime
from encoding import mean_of_tokens
from server import Encode, serve


def open_encoder(folder: Path, threads: int) -> Encode:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Threads that wait by spinning would take the cores of the other calls.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(folder / "onnx/model.onnx", options, providers=["CPUExecutionProvider"])

    def encode(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return mean_of_tokens(session.run(None, feeds)[0], mask)

    return encode


serve("onnxruntime-python", onnxruntime.__version__, open_encoder)
