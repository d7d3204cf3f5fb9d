"""Floods one program and asks it small things meanwhile: NAME PORT PID JCMD HEAP_MB CONNECTIONS MEGABYTES TRICKLING."""
import asyncio
import collections
import json
import re
import subprocess
import sys
import time

name, port, pid, jcmd = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
heap, connections, megabytes, trickling = map(int, sys.argv[5:9])
SMALL = json.dumps({"texts": ["a small text"]}).encode()
SECONDS_OF_TRICKLING = 12
# Sockets' buffers, threads and what native code holds for a moment.
BESIDE_THE_HEAP_MB = 64
# Caches that fill.
LIVE_GROWTH_MB = 16


def head(length):
    return (f"POST /embed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n").encode()


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def live():
    """What objects take once garbage is collected, in MB."""
    histogram = subprocess.run([jcmd, pid, "GC.class_histogram"], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"^Total +\d+ +(\d+)", histogram, re.MULTILINE)[1]) >> 20


async def status(reader):
    line = await asyncio.wait_for(reader.readline(), 60)
    return int(line.split()[1]) if line.startswith(b"HTTP/1.") else 0


async def small():
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head(len(SMALL)).replace(b"Host", b"Connection: close\r\nHost") + SMALL)
    answer = await status(reader)
    writer.close()
    return answer, time.perf_counter() - start


async def large(answers):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = asyncio.ensure_future(status(reader))
    try:
        writer.write(head(megabytes << 20) + b'{"texts":["')
        part = b"x" * 65536
        sent = 11
        while sent < (megabytes << 20) and not answered.done():
            writer.write(part[: (megabytes << 20) - sent])
            sent += len(part)
            await writer.drain()
        answers[await answered] += 1
    except (ConnectionError, asyncio.TimeoutError) as e:
        answered.cancel()
        answers[type(e).__name__] += 1
    finally:
        writer.close()


async def trickle(answers, end):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = asyncio.ensure_future(status(reader))
    try:
        writer.write(head(200000))
        while time.monotonic() < end and not answered.done():
            writer.write(b" ")
            await asyncio.sleep(1)
        answers[await answered if answered.done() else "open"] += 1
    except ConnectionError as e:
        answers[type(e).__name__] += 1
    finally:
        answered.cancel()
        writer.close()


async def beside(what, flood):
    """Small requests until the flood is over."""
    running = asyncio.ensure_future(flood)
    answers, times, most = collections.Counter(), [], resident()
    while not running.done():
        answer, seconds = await small()
        answers[answer] += 1
        times.append(seconds)
        most = max(most, resident())
        await asyncio.sleep(0.1)
    await running
    times.sort()
    print(f"{name}: {what}; {len(times)} small ones beside: {dict(answers)}, median {times[len(times) // 2] * 1e3:.0f} ms,"
          f" longest {times[-1] * 1e3:.0f} ms; resident at most {most} MB")
    assert set(answers) == {200}, "a small request was refused"
    return most


async def main():
    for _ in range(50):
        assert (await small())[0] == 200
    before, live_before = resident(), live()
    for _ in range(2):
        answers = collections.Counter()
        most = await beside(f"{connections} bodies of {megabytes} MB",
                            asyncio.gather(*(large(answers) for _ in range(connections))))
        print(f"{name}: the large ones got {dict(answers)}")
        # A client that still sends long after its answer is hung up on.
        expected = (200, 400, 408, 413, 429, 503, "ConnectionResetError", "BrokenPipeError")
        assert not [a for a in answers if a not in expected], "an answer that none should have"
        # The heap fills before its old objects are collected, so that all of it may have been touched.
        assert most <= before + heap + BESIDE_THE_HEAP_MB, f"took more than its heap of {heap} MB"
        living = live()
        assert living <= live_before + LIVE_GROWTH_MB, f"{living} MB of live objects, {live_before} before"
    answers = collections.Counter()
    await beside(f"{trickling} bodies of a byte a second",
                 asyncio.gather(*(trickle(answers, time.monotonic() + SECONDS_OF_TRICKLING) for _ in range(trickling))))
    print(f"{name}: the trickling ones got {dict(answers)}")
    assert set(answers) == {408}, "a body that trickles was borne"
    print(f"{name}: resident {before} MB before, {resident()} MB after; live objects {live_before} MB before,"
          f" {live()} MB after")


asyncio.run(main())
