"""Floods one program and asks it small things meanwhile: NAME PORT PID CONNECTIONS MEGABYTES TRICKLING."""
import asyncio
import collections
import json
import sys
import time

name, port, pid, connections, megabytes, trickling = sys.argv[1], *map(int, sys.argv[2:7])
SMALL = json.dumps({"texts": ["a small text"]}).encode()
SECONDS_OF_TRICKLING = 12


def head(length):
    return (f"POST /embed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n").encode()


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


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
    before = resident()
    most = []
    for _ in range(2):
        answers = collections.Counter()
        most.append(await beside(f"{connections} bodies of {megabytes} MB",
                                 asyncio.gather(*(large(answers) for _ in range(connections)))))
        print(f"{name}: the large ones got {dict(answers)}")
        # A client that still sends long after its answer is hung up on.
        expected = (200, 400, 408, 413, 429, 503, "ConnectionResetError", "BrokenPipeError")
        assert not [a for a in answers if a not in expected], "an answer that none should have"
    assert most[1] <= most[0] * 1.15 + 16, "the second flood took more than the first"
    answers = collections.Counter()
    await beside(f"{trickling} bodies of a byte a second",
                 asyncio.gather(*(trickle(answers, time.monotonic() + SECONDS_OF_TRICKLING) for _ in range(trickling))))
    print(f"{name}: the trickling ones got {dict(answers)}")
    assert set(answers) == {408}, "a body that trickles was borne"
    print(f"{name}: resident {before} MB before, {resident()} MB after")


asyncio.run(main())
