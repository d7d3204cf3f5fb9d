"""Tells Kubernetes which worker to end first where one has to go: writes what the gateway says goes with each one into its pod's annotation
controller.kubernetes.io/pod-deletion-cost. Of the gateway's answer a number a worker is taken, and nothing else: whose names are those of no
worker's pod are nobody. Holds no state; may be ended at any time, and there may be two."""

import json
import os
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ANNOTATION = "controller.kubernetes.io/pod-deletion-cost"
WORKERS = "app.kubernetes.io/component=worker"
MOST = 2**31 - 1
MOST_ANSWER_BYTES = 4 << 20
PATIENCE_SECONDS = 5
ACCOUNT = os.environ.get("ACCOUNT", "/var/run/secrets/kubernetes.io/serviceaccount")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read().strip()


def call(url, token, tls=None, patch=None):
    """The answer's JSON; with a patch that is sent."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if patch is not None:
        headers["Content-Type"] = "application/merge-patch+json"
    request = urllib.request.Request(
        url, None if patch is None else json.dumps(patch).encode(), headers, method="GET" if patch is None else "PATCH"
    )
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS, context=tls) as answer:
        return json.loads(answer.read(MOST_ANSWER_BYTES))


def worths(demand):
    """By worker; what is no whole number from 0 to the most that Kubernetes takes is nobody's."""
    found = {}
    workers = demand.get("workers") if isinstance(demand, dict) else None
    for worker in workers if isinstance(workers, list) else []:
        if isinstance(worker, dict):
            name, worth = worker.get("id"), worker.get("worth")
            if isinstance(name, str) and type(worth) is int and 0 <= worth <= MOST:
                found[name] = worth
    return found


def is_other(before, now):
    """Small changes are not worth a write to the cluster's store: a fifth, or to and from nothing."""
    return before is None or (before == 0) != (now == 0) or abs(now - before) > before / 5


def cost(pod):
    try:
        return int(pod["metadata"].get("annotations", {})[ANNOTATION])
    except (KeyError, ValueError):
        return None


def look(gateway, key, api, namespace, token, tls):
    """Once; how many pods were told."""
    found = worths(call(gateway + "/fleet/demand", key))
    pods = f"{api}/api/v1/namespaces/{namespace}/pods"
    told = 0
    for pod in call(f"{pods}?labelSelector={urllib.parse.quote(WORKERS)}", token, tls)["items"]:
        name = pod["metadata"]["name"]
        if name in found and is_other(cost(pod), found[name]):
            call(f"{pods}/{name}", token, tls, {"metadata": {"annotations": {ANNOTATION: str(found[name])}}})
            told += 1
    return told


def main():
    gateway = os.environ.get("GATEWAY", "http://gateway.phi-fleet.svc:80")
    api = os.environ.get("KUBERNETES_API", "https://kubernetes.default.svc")
    period = float(os.environ.get("PERIOD_SECONDS", "15"))
    key_file = os.environ.get("API_KEY_FILE")
    tls = ssl.create_default_context(cafile=ACCOUNT + "/ca.crt") if api.startswith("https:") else None
    while True:
        try:
            # Both are renewed while this runs.
            key = read(key_file) if key_file and os.path.exists(key_file) else ""
            told = look(gateway, key, api, read(ACCOUNT + "/namespace"), read(ACCOUNT + "/token"), tls)
            if told:
                print(f"told {told} pods", flush=True)
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
            # Costs stay as they were.
            print(f"not now: {fault}", file=sys.stderr, flush=True)
        if period <= 0:
            return
        time.sleep(period)


if __name__ == "__main__":
    main()
