"""The HTTP server: count each request, and send its answer or a fault."""

import asyncio
import signal
import time
from collections.abc import Callable
from email.utils import formatdate

from aiohttp import web

from sandbox.answers import CSV, Answer, error
from sandbox.api import Api
from sandbox.control import ORGANIZATIONS_CSV, PREFIX, control_answer
from sandbox.faults.broken_deliveries import BROKEN_DELIVERIES
from sandbox.faults.switchboard import Fault
from sandbox.faults.wrong_answers import WRONG_ANSWERS
from sandbox.routes import METHODS, SIGN_IN, Call, call_of
from sandbox.state import SandboxState

BACKLOG = 1024
# Bytes; fits hostile org ids and tokens, which get an ordinary 404 or 401.
LONGEST_LINE = 65_536
NO_SUCH_ROUTE = error(404, "The requested route does not exist.")
CLOSING_PATIENCE = 0.5


class Sandbox:
    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._api = Api(state.world, state.people)

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.raw_path.startswith(PREFIX):
            return await self._control(request)
        self._state.counts.arrives()
        try:
            return await self._upstream(request)
        finally:
            self._state.counts.leaves()

    async def _upstream(self, request: web.BaseRequest) -> web.StreamResponse:
        state = self._state
        if state.latency:
            await asyncio.sleep(state.latency)
        call = call_of(request.raw_path)
        if call is None or request.method != METHODS[call.route]:
            return _response(self._undocumented(request, call))
        fault = state.faults.next_for(call)
        if fault is not None:
            return await self._faulty(request, call, fault)
        answer = await self._right_answer(request, call)
        state.counts.add(call, answer.status)
        return _dated(_response(answer), state.clock_ahead)

    async def _right_answer(self, request: web.BaseRequest, call: Call) -> Answer:
        body = await request.read() if call.route == SIGN_IN else b""
        return self._api.answer(call, request.headers, body)

    async def _faulty(
        self, request: web.BaseRequest, call: Call, fault: Fault
    ) -> web.StreamResponse:
        """A wrong answer replaces the call; a broken delivery follows it."""
        counts = self._state.counts
        counts.add_fault(fault.kind)
        if fault.kind in WRONG_ANSWERS:
            answer = WRONG_ANSWERS[fault.kind].make(fault.parameters)
            counts.add(call, answer.status)
            return _response(answer)
        counts.add(call, fault.kind)
        answer = await self._right_answer(request, call)
        delivery = BROKEN_DELIVERIES[fault.kind]
        await delivery.send(request, answer, fault.parameters)
        return _response(answer) if delivery.is_answered else _closed(request)

    def _undocumented(self, request: web.BaseRequest, call: Call | None) -> Answer:
        self._state.counts.add_undocumented(request.method, request.raw_path)
        if call is None:
            return NO_SUCH_ROUTE
        allowed = METHODS[call.route]
        body = error(405, f"The method {request.method} is not allowed here.").body
        return Answer(405, body, headers={"Allow": allowed})

    async def _control(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.method == "GET" and request.raw_path == f"{PREFIX}/{ORGANIZATIONS_CSV}":
            return await self._organizations_csv(request)
        # Not request.read(), which refuses more than 1 MiB: customers may be of any size.
        body = await request.content.read()
        return _response(control_answer(self._state, request.method, request.raw_path, body))

    async def _organizations_csv(self, request: web.BaseRequest) -> web.StreamResponse:
        """In chunks, so that 100,000 organizations do not block other requests."""
        response = web.StreamResponse(headers={"Content-Type": f"{CSV}; charset=utf-8"})
        await response.prepare(request)
        for chunk in self._state.world.csv_chunks():
            await response.write(chunk)
            await asyncio.sleep(0)
        await response.write_eof()
        return response


async def serve(
    state: SandboxState, host: str, port: int, when_listening: Callable[[str], None]
) -> None:
    """Runs until SIGTERM or SIGINT; passes the address to `when_listening` once it is open."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = web.Server(
        Sandbox(state).handle,
        access_log=None,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_LINE,
    )
    listener = await loop.create_server(server, host, port, backlog=BACKLOG)
    when_listening(_address(*listener.sockets[0].getsockname()[:2]))
    await stop.wait()
    listener.close()
    await server.shutdown(CLOSING_PATIENCE)


def _response(answer: Answer) -> web.Response:
    return web.Response(
        status=answer.status,
        body=answer.body,
        headers=answer.headers,
        content_type=answer.content_type,
    )


def _dated(response: web.Response, clock_ahead: float) -> web.Response:
    if clock_ahead:
        response.headers["Date"] = formatdate(time.time() + clock_ahead, usegmt=True)
    return response


def _closed(request: web.BaseRequest) -> web.StreamResponse:
    """After a broken delivery aiohttp still expects a response, but must send nothing."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
