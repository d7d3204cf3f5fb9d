"""KServe's client over gRPC, at the port that is given. In a process of its own, since its messages have the names of Triton's."""
import asyncio
import sys

import numpy as np
from kserve import InferenceGRPCClient, InferInput, InferRequest

url = "127.0.0.1:" + sys.argv[1]
a = np.arange(32, dtype=np.int32).reshape(2, 16)
b = np.full((2, 16), 3, dtype=np.int32)


async def main():
    typed = [
        InferInput("INPUT0", [2, 16], "INT32", data=a.flatten().tolist()),
        InferInput("INPUT1", [2, 16], "INT32", data=b.flatten().tolist()),
    ]
    async with InferenceGRPCClient(url) as other:
        assert await other.is_server_ready() and await other.is_model_ready("simple")
        answer = await other.infer(InferRequest("simple", infer_inputs=typed, request_id="9"))
        sums = [output for output in answer.outputs if output.name == "OUTPUT0"][0]
        assert answer.id == "9" and (sums.as_numpy().reshape(2, 16) == a + b).all()


asyncio.run(main())
print("kserve is served over gRPC")
