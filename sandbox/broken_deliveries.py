"""Faults of the connection: the right answer, but reset, cut, dripping, endless or never sent."""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Mapping
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
# Long enough for the first half to leave before the connection goes.
HALF_ON_ITS_WAY = 0.05


class BrokenDelivery(NamedTuple):
    send: Callable[[web.BaseRequest, Answer, Parameters], Awaitable[None]]
    parameters: Mapping[str, Parameter] = {}


async def _reset(request: web.BaseRequest, _answer: Answer, _p: Parameters) -> None:
    _abort(request)


async def _reset_midway(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _head(answer) + _half(answer))
    await asyncio.sleep(HALF_ON_ITS_WAY)
    _abort(request)


async def _truncated(request: web.BaseRequest, answer: Answer, _p: Parameters) -> None:
    _write(request, _head(answer) + _half(answer))


async def _silence(request: web.BaseRequest, _answer: Answer, p: Parameters) -> None:
    """Never answer: until the client goes away or its patience is out."""
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
    """A customer of so many MiB, in chunks and without a length given beforehand."""
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


BROKEN_DELIVERIES = {
    "reset": BrokenDelivery(_reset),
    "reset-midway": BrokenDelivery(_reset_midway),
    "timeout": BrokenDelivery(_silence, {"seconds": parameters.seconds(LONGEST_SILENCE)}),
    "trickle": BrokenDelivery(
        _trickle,
        {"interval": parameters.seconds(0.1), "phase": parameters.one_of("body", "headers")},
    ),
    "truncated": BrokenDelivery(_truncated),
    "huge": BrokenDelivery(
        _huge, {"mib": parameters.at_least(0, 64), "endless": parameters.yes_or_no()}
    ),
}


def _head(answer: Answer) -> bytes:
    """The status line and headers, announcing the whole body."""
    headers = {
        "Content-Type": answer.content_type,
        "Content-Length": str(len(answer.body)),
        **answer.headers,
    }
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def _half(answer: Answer) -> bytes:
    return answer.body[: len(answer.body) // 2]


def _write(request: web.BaseRequest, data: bytes) -> None:
    transport = request.transport
    if transport is not None and not transport.is_closing():
        transport.write(data)


def _is_gone(request: web.BaseRequest) -> bool:
    return request.transport is None or request.transport.is_closing()


def _abort(request: web.BaseRequest) -> None:
    """End the connection with a reset: with no time to linger, nothing is said goodbye."""
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
