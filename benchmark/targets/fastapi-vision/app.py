"""Image classification as it is usually served: FastAPI, Pillow, NumPy and ONNX Runtime.

MODEL is the graph, which takes ImageNet's preprocessing and gives logits. THREADS are those inside one call; 0 leaves the
engine its own choice. A photo is the body of POST /predict.
"""

import io
import os

import numpy as np
import onnxruntime
from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from PIL import Image, ImageOps, UnidentifiedImageError

SHORTER_SIDE = 256
SIDE = 224
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32).reshape(3, 1, 1)
DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32).reshape(3, 1, 1)
# x / 255, less the mean, in deviations: one product and one sum.
SCALE = 1 / (255 * DEVIATION)
SHIFT = -MEAN / DEVIATION
TOP = 5


def open_session() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("THREADS", "0"))
    return onnxruntime.InferenceSession(os.environ["MODEL"], options, providers=["CPUExecutionProvider"])


app = FastAPI()
session = open_session()
name = session.get_inputs()[0].name


def prepare(body: bytes) -> np.ndarray:
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(body))).convert("RGB")
    scale = SHORTER_SIDE / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BILINEAR)
    left = (image.width - SIDE) // 2
    top = (image.height - SIDE) // 2
    image = image.crop((left, top, left + SIDE, top + SIDE))
    pixels = np.asarray(image, dtype=np.float32).transpose(2, 0, 1)
    return (pixels * SCALE + SHIFT)[np.newaxis]


def classify(body: bytes) -> dict:
    try:
        pixels = prepare(body)
    except (UnidentifiedImageError, OSError) as error:
        raise HTTPException(400, str(error)) from error
    logits = session.run(None, {name: pixels})[0][0]
    scores = np.exp(logits - logits.max())
    scores /= scores.sum()
    best = np.argsort(scores)[::-1][:TOP]
    return {"predictions": [{"index": int(i), "score": float(scores[i])} for i in best]}


@app.post("/predict")
async def predict(request: Request) -> dict:
    return await run_in_threadpool(classify, await request.body())
