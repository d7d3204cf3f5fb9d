"""Triton's client over gRPC, at the port that is given; scripts/checks/25-oip-client has made its models.

With the id of a worker's process behind it: that process is killed while a stream is open, which must end.
"""
import asyncio
import os
import queue
import signal
import sys

import grpc
import numpy as np
import tritonclient.grpc as triton
import tritonclient.grpc.aio as aio
from tritonclient.utils import InferenceServerException

url = "127.0.0.1:" + sys.argv[1]
client = triton.InferenceServerClient(url)
a = np.arange(32, dtype=np.int32).reshape(2, 16)
b = np.full((2, 16), 3, dtype=np.int32)


def inputs():
    given = [triton.InferInput("INPUT0", a.shape, "INT32"), triton.InferInput("INPUT1", b.shape, "INT32")]
    given[0].set_data_from_numpy(a)
    given[1].set_data_from_numpy(b)
    return given


def right(answer):
    return (answer.as_numpy("OUTPUT0") == a + b).all() and (answer.as_numpy("OUTPUT1") == a - b).all()


def refused(code, words, call):
    try:
        call()
    except InferenceServerException as e:
        assert words in str(e) and code in str(e.status()), (e.status(), e)
        return
    raise AssertionError("expected a refusal: " + words)


def streams():
    answers = queue.Queue()
    client.start_stream(callback=lambda result, error: answers.put(error or result))
    for number in range(100):
        client.async_stream_infer("nobody" if number % 10 == 0 else "simple", inputs(), request_id=str(number))
    for number in range(100):
        answer = answers.get(timeout=60)
        if number % 10 == 0:
            assert isinstance(answer, InferenceServerException) and "does not exist" in str(answer), answer
        else:
            assert answer.get_response().id == str(number) and right(answer)
    client.stop_stream()


async def concurrently():
    async with aio.InferenceServerClient(url) as many:
        for answer in await asyncio.gather(*[many.infer("simple", inputs()) for _ in range(64)]):
            assert right(answer)

        async def requests():
            for number in range(20):
                yield {"model_name": "simple", "inputs": inputs(), "request_id": str(number)}

        number = 0
        async for result, error in many.stream_infer(requests()):
            assert error is None and right(result) and result.get_response().id == str(number), error
            number += 1
        assert number == 20, number


def dies(worker):
    """The worker behind a stream is killed: the stream ends, and says so."""
    ended = queue.Queue()
    client.start_stream(callback=lambda result, error: ended.put(error or result))
    client.async_stream_infer("simple", inputs())
    assert right(ended.get(timeout=60))
    os.kill(worker, signal.SIGKILL)
    failure = ended.get(timeout=60)
    assert isinstance(failure, InferenceServerException) and "UNAVAILABLE" in str(failure.status()), failure
    refused("UNAVAILABLE", "", lambda: client.infer("simple", inputs()))


if len(sys.argv) > 2:
    dies(int(sys.argv[2]))
    print("a stream whose worker was killed has ended")
    sys.exit()

assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("simple")
assert not client.is_model_ready("nobody")
assert "classification" in client.get_server_metadata(as_json=True)["extensions"]
assert client.get_model_metadata("simple", as_json=True)["inputs"][1] == {
    "name": "INPUT1", "datatype": "INT32", "shape": ["-1", "16"]}
config = client.get_model_config("simple").config
assert config.max_batch_size == 8 and config.input[0].data_type == 8 and list(config.input[0].dims) == [16], config
assert {model.name for model in client.get_model_repository_index().models} == {"all-minilm-l6-v2", "simple"}
for packed in (None, "gzip", "deflate"):
    outputs = [triton.InferRequestedOutput(name) for name in ("OUTPUT1", "OUTPUT0")]
    answer = client.infer(
        "simple", inputs(), outputs=outputs, request_id="7", model_version="1", compression_algorithm=packed,
        client_timeout=60)
    assert right(answer) and answer.get_response().id == "7"
best = client.infer("simple", inputs(), outputs=[triton.InferRequestedOutput("OUTPUT0", class_count=2)])
assert best.as_numpy("OUTPUT0").tolist() == [[b"18:15", b"17:14"], [b"34:15", b"33:14"]], best.as_numpy("OUTPUT0")
texts = triton.InferInput("text", [2], "BYTES")
texts.set_data_from_numpy(np.array(["A man is eating food.", "Größe 😀"], dtype=object))
vectors = client.infer("all-minilm-l6-v2", [texts]).as_numpy("embedding")
assert vectors.shape == (2, 384) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
counts = client.get_inference_statistics("simple").model_stats[0]
assert counts.inference_count >= 4 and counts.inference_stats.success.ns > 0, counts
wrong = triton.InferInput("INPUT0", [1, 15], "INT32")
wrong.set_data_from_numpy(np.zeros((1, 15), dtype=np.int32))
refused("NOT_FOUND", "does not exist", lambda: client.infer("nobody", inputs()))
refused("INVALID_ARGUMENT", "expected 2 inputs but got 1 inputs", lambda: client.infer("simple", inputs()[:1]))
refused("INVALID_ARGUMENT", "unexpected shape for input 'INPUT0'", lambda: client.infer("simple", [wrong, inputs()[1]]))
refused("INVALID_ARGUMENT", "shared memory is not supported", lambda: client.register_system_shared_memory("a", "/b", 10))
refused("UNIMPLEMENTED", "not supported", lambda: client.get_trace_settings("simple"))
# The client's clock has milliseconds, and within one a sum is answered: what is asked for takes a second.
long = triton.InferInput("text", [64], "BYTES")
long.set_data_from_numpy(np.array(["A man is eating food. " * 20] * 64, dtype=object))
refused("DEADLINE_EXCEEDED", "", lambda: client.infer("all-minilm-l6-v2", [long], client_timeout=0.02))
streams()
asyncio.run(concurrently())
print("tritonclient is served over gRPC", grpc.__version__)
