"""Texts to token ids, token states to vectors: what all the Python programs of the benchmark share."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

BATCH_TOKENS = 512


def tokenizer_of(folder: Path, max_length: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    return tokenizer


def batches(rows: list[list[int]]) -> Iterator[list[int]]:
    """Places of texts of like length, batches of up to BATCH_TOKENS tokens with their padding."""
    batch: list[int] = []
    for place in sorted(range(len(rows)), key=lambda i: len(rows[i])):
        if batch and (len(batch) + 1) * len(rows[place]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def padded(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Ids and mask, [texts, longest]."""
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
    return ids, mask


def mean_of_tokens(states: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Vectors of length one, the means of each text's own tokens. Of states [texts, tokens, hidden]."""
    weights = mask[:, :, np.newaxis].astype(np.float32)
    means = (states * weights).sum(axis=1) / weights.sum(axis=1)
    return means / np.linalg.norm(means, axis=1, keepdims=True)
