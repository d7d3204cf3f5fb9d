"""Where images live: a row each in SQLite, which all processes share, and their vectors in the memory of each for the nearest."""

import json
import sqlite3
import threading

import numpy as np

NEAR = 0.99


class Index:
    def __init__(self, file: str):
        self.rows = sqlite3.connect(file, check_same_thread=False, timeout=60, isolation_level=None)
        self.rows.execute("PRAGMA journal_mode=WAL")
        # An answer is one that outlives a kill.
        self.rows.execute("PRAGMA synchronous=FULL")
        self.rows.execute(
            "CREATE TABLE IF NOT EXISTS images (number INTEGER PRIMARY KEY, sha TEXT UNIQUE, name TEXT, width INT, height INT,"
            " bytes INT, detections TEXT, vector BLOB)"
        )
        self.lock = threading.Lock()
        self.seen = 0
        self.count = 0
        self.vectors = np.empty((1024, 0), dtype=np.float32)

    def has(self, sha: str) -> bool:
        with self.lock:
            return self.rows.execute("SELECT 1 FROM images WHERE sha = ?", (sha,)).fetchone() is not None

    def near(self, vector: np.ndarray) -> int:
        with self.lock:
            self.catch_up(len(vector))
            vectors = self.vectors[: self.count]
        return int((vectors @ vector >= NEAR).sum())

    def catch_up(self, dimension: int) -> None:
        """What this process and others have put in."""
        if self.vectors.shape[1] != dimension:
            self.vectors = np.empty((1024, dimension), dtype=np.float32)
        for number, vector in self.rows.execute("SELECT number, vector FROM images WHERE number > ?", (self.seen,)):
            if self.count == len(self.vectors):
                self.vectors = np.concatenate([self.vectors, np.empty_like(self.vectors)])
            self.vectors[self.count] = np.frombuffer(vector, dtype=np.float32)
            self.count += 1
            self.seen = number

    def put(self, sha: str, name: str, size: tuple[int, int], length: int, found: list, vector: np.ndarray) -> bool:
        row = (sha, name, *size, length, json.dumps(found), vector.tobytes())
        with self.lock:
            done = self.rows.execute(
                "INSERT OR IGNORE INTO images (sha, name, width, height, bytes, detections, vector) VALUES (?,?,?,?,?,?,?)", row
            )
            return done.rowcount == 1
