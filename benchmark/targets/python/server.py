"""POST /embed, GET /health and GET /info around any encoder, by FastAPI.

MODEL is the folder of a converted model; WORKERS calls of the encoder run at once, each with THREADS threads. The batches of a
request, which are of texts of like length, are spread over the workers.
"""

import asyncio
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import orjson
import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field

from encoding import batches, padded, tokenizer_of

# (ids, mask) of [texts, tokens] to vectors of [texts, dimension].
Encode = Callable[[np.ndarray, np.ndarray], np.ndarray]


class EmbedRequest(BaseModel):
    texts: list[str] = Field(min_length=1, max_length=10_000)


def serve(framework: str, version: str, open_encoder: Callable[[Path, int], Encode]) -> None:
    """`open_encoder` takes the model's folder and the threads of a call; what it gives may be called by several threads at once."""
    folder = Path(os.environ["MODEL"])
    cores = len(os.sched_getaffinity(0))
    workers = int(os.environ.get("WORKERS", cores))
    threads = int(os.environ.get("THREADS", 1))
    settings = json.loads((folder / "model.json").read_text())
    tokenizer = tokenizer_of(folder, settings["max_seq_length"])
    encode = open_encoder(folder, threads)
    pool = ThreadPoolExecutor(workers)
    app = FastAPI()

    def run(rows: list[list[int]]) -> np.ndarray:
        return encode(*padded(rows))

    dimension = run([tokenizer.encode("a first text").ids]).shape[1]

    @app.post("/embed")
    async def embed(request: EmbedRequest) -> Response:
        rows = [encoding.ids for encoding in tokenizer.encode_batch_fast(request.texts)]
        places = list(batches(rows))
        loop = asyncio.get_running_loop()
        parts = await asyncio.gather(*(loop.run_in_executor(pool, run, [rows[i] for i in batch]) for batch in places))
        vectors = np.empty((len(rows), dimension), dtype=np.float32)
        for batch, part in zip(places, parts):
            vectors[batch] = part
        body = orjson.dumps({"embeddings": vectors, "dimension": dimension}, option=orjson.OPT_SERIALIZE_NUMPY)
        return Response(body, media_type="application/json")

    @app.get("/health")
    async def health() -> dict:
        return {"status": "ok"}

    @app.get("/info")
    async def info() -> dict:
        return {
            "framework": framework,
            "version": version,
            "model": settings["id"],
            "dimension": dimension,
            "workers": workers,
            "threads": threads,
        }

    host = os.environ.get("PHI_HTTP_HOST", "127.0.0.1")
    uvicorn.run(app, host=host, port=int(os.environ["PHI_HTTP_PORT"]), log_level="warning", access_log=False)
