"""Connection faults: the right answer is reset, cut off, delayed, doubled or never sent."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from sandbox import parameters
from sandbox.answers import Answer
from sandbox.parameters import Parameter, Parameters

MIB = 1024 * 1024
PADDING = b"x" * MIB
LONGEST_SILENCE = 60.0
LOOK_EVERY = 0.1
REPEAT_EVERY = 0.001
# Seconds; enough to deliver the first half before the reset.
HALF_ON_ITS_WAY = 0.05


class BrokenDelivery(NamedTuple):
    """If `is_answered`, the right answer follows and the connection stays open."""

    send: Callable[[web.BaseRequest, Answer, Parameters], Awaitable[None]]
    parameters: Mapping[str, Parameter] = {}
    is_answered: bool = False


async def _reset(request: web.BaseRequest, _answer: Answer, _p: Parameters) -> None:
    _abort(request)


async def _reset_midway(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _head(answer) + _half(answer))
    await asyncio.sleep(HALF_ON_ITS_WAY)
    _abort(request)


async def _truncated(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _head(answer) + _half(answer))


async def _reset_in_headers(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    head = _head(answer)
    _write(request, head[: len(head) // 2])
    await asyncio.sleep(HALF_ON_ITS_WAY)
    _abort(request)


async def _stall(request: web.BaseRequest, answer: Answer, p: Parameters) -> None:
    head = _head(answer)
    _write(request, head + _half(answer) if p["phase"] == "body" else head[: len(head) // 2])
    await _silence(request, answer, p)


async def _wrong_length(request: web.BaseRequest, answer: Answer, p: Parameters) -> None:
    length = max(0, len(answer.body) + p["by"])
    _write(request, _head(answer, length) + answer.body)


async def _second_answer(request: web.BaseRequest, answer: Answer, p: Parameters) -> None:
    other = Answer(200, p["body"].encode())
    _write(request, _head(answer) + answer.body + _head(other) + other.body)
    await _silence(request, answer, p)


async def _informational(request: web.BaseRequest, _answer: Answer, p: Parameters) -> None:
    for _ in range(p["count"]):
        _write(request, f"HTTP/1.1 {p['status']} \r\nLink: </style.css>\r\n\r\n".encode())
        await asyncio.sleep(p["seconds"])


async def _bad_chunk(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _status_line(answer) + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n")
    _write(request, answer.body)


async def _endless_headers(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _status_line(answer))
    await _repeat(request, (b"X-Padding: " + b"x" * 1000 + b"\r\n") * 50)


async def _endless_continue(request: web.BaseRequest, _answer: Answer, _p: Parameters) -> None:
    await _repeat(request, b"HTTP/1.1 100 Continue\r\n\r\n")


async def _bomb(request: web.BaseRequest, answer: Answer, p: Parameters) -> None:
    """A customer whose description decompresses to many MiB."""
    packed = _packed(p["mib"])
    _write(request, _head(Answer(200, packed, headers={"Content-Encoding": "gzip"})) + packed)


@cache
def _packed(mib: int) -> bytes:
    """Cached: compressing takes longer than some clients wait."""
    body = b'{"object": "customer", "description": "' + PADDING * mib + b'"}'
    return gzip.compress(body, compresslevel=1)


async def _repeat(request: web.BaseRequest, data: bytes) -> None:
    while not _is_gone(request):
        _write(request, data)
        await asyncio.sleep(REPEAT_EVERY)


async def _silence(request: web.BaseRequest, _answer: Answer, p: Parameters) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + p["seconds"]
    while not _is_gone(request) and loop.time() < end:
        await asyncio.sleep(LOOK_EVERY)
    _abort(request)


async def _trickle(request: web.BaseRequest, answer: Answer, p: Parameters) -> None:
    head, body = _head(answer), answer.body
    if p["phase"] == "body":
        _write(request, head)
        head = b""
    for byte in head + body:
        if _is_gone(request):
            return
        _write(request, bytes((byte,)))
        await asyncio.sleep(p["interval"])


async def _huge(request: web.BaseRequest, _answer: Answer, p: Parameters) -> None:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.enable_chunked_encoding()
    try:
        await response.prepare(request)
        await response.write(b'{"object": "customer", "description": "')
        sent = 0
        while p["endless"] or sent < p["mib"]:
            await response.write(PADDING)
            sent += 1
        await response.write(b'"}')
        await response.write_eof()
    except ConnectionError:
        return


PHASES = parameters.one_of("body", "headers")
BROKEN_DELIVERIES = {
    "reset": BrokenDelivery(_reset),
    "reset-in-headers": BrokenDelivery(_reset_in_headers),
    "reset-midway": BrokenDelivery(_reset_midway),
    "timeout": BrokenDelivery(_silence, {"seconds": parameters.seconds(LONGEST_SILENCE)}),
    "stall": BrokenDelivery(
        _stall,
        {"seconds": parameters.seconds(LONGEST_SILENCE), "phase": PHASES},
    ),
    "trickle": BrokenDelivery(
        _trickle,
        {"interval": parameters.seconds(0.1), "phase": PHASES},
    ),
    "truncated": BrokenDelivery(_truncated),
    "wrong-length": BrokenDelivery(_wrong_length, {"by": parameters.whole(-10)}),
    "second-answer": BrokenDelivery(
        _second_answer,
        {"seconds": parameters.seconds(LONGEST_SILENCE), "body": parameters.text("{}")},
    ),
    "informational": BrokenDelivery(
        _informational,
        {
            "status": parameters.informational(103),
            "count": parameters.at_least(1, 1),
            "seconds": parameters.seconds(0.3),
        },
        is_answered=True,
    ),
    "bad-chunk": BrokenDelivery(_bad_chunk),
    "endless-headers": BrokenDelivery(_endless_headers),
    "endless-continue": BrokenDelivery(_endless_continue),
    "bomb": BrokenDelivery(_bomb, {"mib": parameters.at_least(0, 64)}),
    "huge": BrokenDelivery(
        _huge, {"mib": parameters.at_least(0, 64), "endless": parameters.yes_or_no()}
    ),
}


def _head(answer: Answer, length: int | None = None) -> bytes:
    headers = {
        "Content-Type": answer.content_type,
        "Content-Length": str(len(answer.body) if length is None else length),
        **answer.headers,
    }
    lines = [f"{name}: {value}\r\n" for name, value in headers.items()]
    return _status_line(answer) + "".join([*lines, "\r\n"]).encode()


def _status_line(answer: Answer) -> bytes:
    return f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n".encode()


def _half(answer: Answer) -> bytes:
    return answer.body[: len(answer.body) // 2]


def _write(request: web.BaseRequest, data: bytes) -> None:
    transport = request.transport
    if transport is not None and not transport.is_closing():
        transport.write(data)


def _is_gone(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


def _abort(request: web.BaseRequest) -> None:
    """Closing without lingering sends a reset."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
