"""OpenVINO in Python: an infer request a call, of one compiled model with a stream a worker."""

import os
import threading
from pathlib import Path

import numpy as np
import openvino
from encoding import mean_of_tokens
from server import Encode, serve


def open_encoder(folder: Path, threads: int) -> Encode:
    streams = int(os.environ.get("WORKERS", len(os.sched_getaffinity(0))))
    compiled = openvino.compile_model(
        folder / "openvino/model.xml",
        "CPU",
        {"NUM_STREAMS": streams, "INFERENCE_NUM_THREADS": streams * threads, "INFERENCE_PRECISION_HINT": "f32"},
    )
    local = threading.local()

    def encode(ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        if not hasattr(local, "request"):
            local.request = compiled.create_infer_request()
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        return mean_of_tokens(local.request.infer(feeds)[0], mask)

    return encode


serve("openvino", openvino.__version__, open_encoder)
