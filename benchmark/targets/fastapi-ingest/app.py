"""Images into an index as it is usually served: FastAPI, Pillow, NumPy, ONNX Runtime and SQLite.

DETECTOR takes 640 × 640 and gives 4 + classes numbers for each of its boxes; ENCODER takes 256 × 256 and gives a vector. INDEX is SQLite's
file. THREADS are those inside one call; 0 leaves the engine its own choice. A form of images is the body of POST /ingest. An image is known by
the SHA-256 of its file; no hash of its pixels is made, which the worker that this stands beside has.
"""

import asyncio
import hashlib
import io
import os

import numpy as np
import onnxruntime
from fastapi import FastAPI, UploadFile
from fastapi.concurrency import run_in_threadpool
from PIL import Image, ImageOps

from index import Index

BOX = 640
GREY = 114
SHORTER_SIDE = 256
SCORE = 0.5
OVERLAP = 0.45


def open_session(model: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = int(os.environ.get("THREADS", "0"))
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


app = FastAPI()
detector = open_session(os.environ["DETECTOR"])
encoder = open_session(os.environ["ENCODER"])
index = Index(os.environ["INDEX"])


def planes(pixels: np.ndarray) -> np.ndarray:
    return (np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) / 255)[np.newaxis]


def letterboxed(image: Image.Image) -> tuple[np.ndarray, float, int, int]:
    scale = min(BOX / image.width, BOX / image.height)
    width, height = round(image.width * scale), round(image.height * scale)
    box = np.full((BOX, BOX, 3), GREY, dtype=np.uint8)
    left, top = (BOX - width) // 2, (BOX - height) // 2
    box[top : top + height, left : left + width] = image.resize((width, height), Image.Resampling.BILINEAR)
    return planes(box), scale, left, top


def cropped(image: Image.Image) -> np.ndarray:
    scale = SHORTER_SIDE / min(image.size)
    image = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.BILINEAR)
    left, top = (image.width - SHORTER_SIDE) // 2, (image.height - SHORTER_SIDE) // 2
    return planes(np.asarray(image.crop((left, top, left + SHORTER_SIDE, top + SHORTER_SIDE))))


def suppressed(boxes: np.ndarray, scores: np.ndarray) -> list[int]:
    """Of one class: those that no better one overlaps."""
    kept: list[int] = []
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    order = scores.argsort()[::-1]
    while len(order) > 0:
        best, rest = order[0], order[1:]
        kept.append(int(best))
        upper = np.maximum(boxes[best, :2], boxes[rest, :2])
        lower = np.minimum(boxes[best, 2:], boxes[rest, 2:])
        common = np.clip(lower - upper, 0, None).prod(axis=1)
        order = rest[common / (areas[best] + areas[rest] - common) <= OVERLAP]
    return kept


def detected(image: Image.Image) -> list[dict]:
    pixels, scale, left, top = letterboxed(image)
    rows = detector.run(None, {detector.get_inputs()[0].name: pixels})[0][0].T
    scores = rows[:, 4:].max(axis=1)
    sure = scores >= SCORE
    rows, scores = rows[sure], scores[sure]
    classes = rows[:, 4:].argmax(axis=1)
    centres, halves = rows[:, :2] - (left, top), rows[:, 2:4] / 2
    boxes = np.concatenate([centres - halves, centres + halves], axis=1) / scale
    found = []
    for one in np.unique(classes):
        of_class = np.flatnonzero(classes == one)
        for i in of_class[suppressed(boxes[of_class], scores[of_class])]:
            found.append({"class": int(one), "score": float(scores[i]), "box": boxes[i].tolist()})
    return found


def ingest(name: str, file: bytes) -> dict:
    sha = hashlib.sha256(file).hexdigest()
    if index.has(sha):
        return {"id": name, "image": sha, "outcome": "duplicate"}
    try:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(file))).convert("RGB")
    except OSError as error:
        return {"id": name, "outcome": "error", "reason": str(error)}
    found = detected(image)
    vector = encoder.run(None, {encoder.get_inputs()[0].name: cropped(image)})[0][0]
    vector = vector / np.linalg.norm(vector)
    near = index.near(vector)
    new = index.put(sha, name, image.size, len(file), found, vector)
    return {
        "id": name,
        "image": sha,
        "outcome": "indexed" if new else "duplicate",
        "detections": len(found),
        "near_duplicates": near,
    }


async def one(file: UploadFile) -> dict:
    return await run_in_threadpool(ingest, file.filename or "", await file.read())


@app.post("/ingest")
async def ingest_all(images: list[UploadFile]) -> dict:
    outcomes = await asyncio.gather(*(one(image) for image in images))
    return {"indexed": {"global": sum(outcome["outcome"] == "indexed" for outcome in outcomes)}, "images": outcomes}


@app.get("/health")
async def health() -> dict:
    return {}
