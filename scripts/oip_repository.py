"""Triton's client loads and unloads models of a worker, over HTTP and gRPC: HTTP-PORT GRPC-PORT; scripts/checks/25-oip-client has
made its models."""
import json
import sys

import numpy as np
import tritonclient.grpc as grpc
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

a = np.arange(32, dtype=np.int32).reshape(2, 16)


def refused(words, call):
    try:
        call()
    except InferenceServerException as e:
        assert words in str(e), e
        return
    raise AssertionError("expected a refusal: " + words)


def states(client):
    index = client.get_model_repository_index()
    if not isinstance(index, list):
        return {model.name: model.state for model in index.models}
    return {model["name"]: model["state"] for model in index}


def most(client):
    config = client.get_model_config("simple")
    return config["max_batch_size"] if isinstance(config, dict) else config.config.max_batch_size


for module, port in ((http, sys.argv[1]), (grpc, sys.argv[2])):
    client = module.InferenceServerClient("127.0.0.1:" + port)
    admin = {"authorization": "Bearer topmost"}
    given = [module.InferInput("INPUT0", a.shape, "INT32"), module.InferInput("INPUT1", a.shape, "INT32")]
    for one in given:
        one.set_data_from_numpy(a)
    refused("admin key", lambda: client.load_model("simple"))
    client.unload_model("simple", headers=admin)
    assert not client.is_model_ready("simple")
    assert states(client) == {"all-minilm-l6-v2": "READY", "simple": "UNAVAILABLE"}
    refused("failed to load 'nobody', failed to poll from model repository",
            lambda: client.load_model("nobody", headers=admin))
    client.load_model("simple", headers=admin, config=json.dumps({"path": "simple.onnx", "batch-size": 4}))
    assert most(client) == 4
    client.load_model("simple", headers=admin)
    assert most(client) == 8
    assert (client.infer("simple", given).as_numpy("OUTPUT0") == a + a).all()
print("models are loaded and unloaded by tritonclient")
