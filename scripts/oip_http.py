"""Triton's client over HTTP, at the port that is given; scripts/checks/25-oip-client has made its models."""
import asyncio
import sys

import numpy as np
import tritonclient
import tritonclient.http as http
import tritonclient.http.aio as aio
from tritonclient.utils import InferenceServerException

url = "127.0.0.1:" + sys.argv[1]
client = http.InferenceServerClient(url)
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("simple")
assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
assert client.get_model_metadata("simple")["inputs"][1] == {"name": "INPUT1", "datatype": "INT32", "shape": [-1, 16]}
assert client.get_model_config("simple")["max_batch_size"] == 8
assert {model["name"] for model in client.get_model_repository_index()} == {"all-minilm-l6-v2", "simple"}

a = np.arange(32, dtype=np.int32).reshape(2, 16)
b = np.full((2, 16), 3, dtype=np.int32)


def inputs(module, binary=True):
    given = [module.InferInput("INPUT0", a.shape, "INT32"), module.InferInput("INPUT1", b.shape, "INT32")]
    given[0].set_data_from_numpy(a, binary_data=binary)
    given[1].set_data_from_numpy(b, binary_data=binary)
    return given


for binary_in in (True, False):
    for binary_out in (True, False):
        for packed in (None, "gzip", "deflate"):
            outputs = [http.InferRequestedOutput(name, binary_data=binary_out) for name in ("OUTPUT1", "OUTPUT0")]
            answer = client.infer(
                "simple", inputs(http, binary_in), outputs=outputs, request_id="7", model_version="1",
                request_compression_algorithm=packed, response_compression_algorithm=packed)
            assert (answer.as_numpy("OUTPUT0") == a + b).all() and (answer.as_numpy("OUTPUT1") == a - b).all()
            assert answer.get_response()["id"] == "7"
assert (client.infer("simple", inputs(http)).as_numpy("OUTPUT0") == a + b).all()
best = client.infer("simple", inputs(http), outputs=[http.InferRequestedOutput("OUTPUT0", class_count=2)])
assert best.as_numpy("OUTPUT0").tolist() == [[b"18:15", b"17:14"], [b"34:15", b"33:14"]], best.as_numpy("OUTPUT0")
waiting = [client.async_infer("simple", inputs(http)) for _ in range(8)]
assert all((one.get_result().as_numpy("OUTPUT0") == a + b).all() for one in waiting)

texts = http.InferInput("text", [2], "BYTES")
texts.set_data_from_numpy(np.array(["A man is eating food.", "Größe 😀"], dtype=object))
vectors = client.infer("all-minilm-l6-v2", [texts]).as_numpy("embedding")
assert vectors.shape == (2, 384) and np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
counts = client.get_inference_statistics("simple")["model_stats"][0]
assert counts["inference_count"] >= 22 and counts["inference_stats"]["success"]["ns"] > 0, counts


def refused(words, call):
    try:
        call()
    except InferenceServerException as e:
        assert words in str(e), e
        return
    raise AssertionError("expected a refusal: " + words)


wrong = http.InferInput("INPUT0", [1, 15], "INT32")
wrong.set_data_from_numpy(np.zeros((1, 15), dtype=np.int32))
refused("does not exist", lambda: client.infer("nobody", inputs(http)))
refused("expected 2 inputs but got 1 inputs", lambda: client.infer("simple", inputs(http)[:1]))
refused("unexpected shape for input 'INPUT0'", lambda: client.infer("simple", [wrong, inputs(http)[1]]))
refused("unexpected inference output 'NO'", lambda: client.infer(
    "simple", inputs(http), outputs=[http.InferRequestedOutput("NO")]))
refused("shared memory is not supported", lambda: client.register_system_shared_memory("a", "/b", 10))


async def concurrently():
    async with aio.InferenceServerClient(url) as client:
        for answer in await asyncio.gather(*[client.infer("simple", inputs(aio)) for _ in range(16)]):
            assert (answer.as_numpy("OUTPUT0") == a + b).all()


asyncio.run(concurrently())
print("tritonclient", tritonclient.__version__ if hasattr(tritonclient, "__version__") else "", "is served")
