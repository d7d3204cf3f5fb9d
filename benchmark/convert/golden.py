"""The known vectors of texts: golden.py FOLDER computes texts-*.f32 for each texts-*.json there that has none yet.

By the original graph, a text at a time, so that no padding has a part in it.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from encoding import mean_of_tokens, tokenizer_of

folder = Path(sys.argv[1])
wanted = [file for file in sorted(folder.glob("texts-*.json")) if not file.with_suffix(".f32").exists()]
if wanted:
    tokenizer = tokenizer_of(folder, json.loads((folder / "model.json").read_text())["max_seq_length"])
    session = onnxruntime.InferenceSession(folder / "onnx/model.onnx", providers=["CPUExecutionProvider"])
for file in wanted:
    vectors = []
    for text in json.loads(file.read_text()):
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        mask = np.ones_like(ids)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        vectors.append(mean_of_tokens(session.run(None, feeds)[0], mask)[0])
    part = file.with_suffix(".part")
    np.stack(vectors).astype("<f4").tofile(part)
    part.rename(file.with_suffix(".f32"))
    print(f"{file.with_suffix('.f32').name}: {len(vectors)} vectors")
