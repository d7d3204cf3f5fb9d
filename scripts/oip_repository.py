"""Triton's client loads and unloads models over HTTP, at the port that is given; scripts/checks/25-oip-client has made its models."""
import json
import sys

import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

client = http.InferenceServerClient("127.0.0.1:" + sys.argv[1])
a = np.arange(32, dtype=np.int32).reshape(2, 16)
given = [http.InferInput("INPUT0", a.shape, "INT32"), http.InferInput("INPUT1", a.shape, "INT32")]
for one in given:
    one.set_data_from_numpy(a)


def refused(words, call):
    try:
        call()
    except InferenceServerException as e:
        assert words in str(e), e
        return
    raise AssertionError("expected a refusal: " + words)


admin = {"Authorization": "Bearer topmost"}
refused("admin key", lambda: client.load_model("simple"))
client.unload_model("simple", headers=admin)
assert not client.is_model_ready("simple")
assert {model["name"]: model["state"] for model in client.get_model_repository_index()} == {
    "all-minilm-l6-v2": "READY", "simple": "UNAVAILABLE"}
refused("failed to load 'nobody', failed to poll from model repository", lambda: client.load_model(
    "nobody", headers=admin))
client.load_model("simple", headers=admin, config=json.dumps({"path": "simple.onnx", "batch-size": 4}))
assert client.get_model_config("simple")["max_batch_size"] == 4
client.load_model("simple", headers=admin)
assert client.get_model_config("simple")["max_batch_size"] == 8
assert (client.infer("simple", given).as_numpy("OUTPUT0") == a + a).all()
print("models are loaded and unloaded by tritonclient")
