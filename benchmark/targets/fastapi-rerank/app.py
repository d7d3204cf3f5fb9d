"""Reranking as it is usually served: FastAPI and sentence-transformers' CrossEncoder.

MODEL is a folder with a cross-encoder. THREADS are those inside one call; 0 leaves the engine its own choice. POST /rerank takes a
query and texts, and answers as text-embeddings-inference does.
"""

import os

import torch
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import CrossEncoder

THREADS = int(os.environ.get("THREADS", "0"))
if THREADS > 0:
    torch.set_num_threads(THREADS)

app = FastAPI()
model = CrossEncoder(os.environ["MODEL"], device="cpu")


class Question(BaseModel):
    query: str
    texts: list[str]


# Without async, so that FastAPI gives it a thread of its pool.
@app.post("/rerank")
def rerank(question: Question) -> list[dict]:
    scores = model.predict([(question.query, text) for text in question.texts], show_progress_bar=False)
    ranks = [{"index": index, "score": float(score)} for index, score in enumerate(scores)]
    return sorted(ranks, key=lambda rank: rank["score"], reverse=True)
