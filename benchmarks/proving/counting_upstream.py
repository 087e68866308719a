"""A Catalyze with as many users as are wanted, who may all see every organization; counts calls.

Usage: `python -m benchmarks.proving.counting_upstream USERS`; prints its address.
"""

import asyncio
import sys
from collections import Counter

from aiohttp import web

from benchmarks.machinery.payloads import AT_FIRST, bodies


class CountingUpstream:
    def __init__(self, users: int) -> None:
        (self._customer,) = bodies(1, AT_FIRST)
        self._payment = [_users_id(f"person-{number}") for number in range(users)]
        self._calls: Counter[str] = Counter()

    async def sign_in(self, request: web.Request) -> web.Response:
        name = (await request.json())["username"]
        self._calls["signin"] += 1
        return web.json_response({"usersId": _users_id(name), "sessionToken": f"session-{name}"})

    async def verify(self, request: web.Request) -> web.Response:
        self._calls["verify"] += 1
        name = request.headers["Authorization"].removeprefix("Bearer session-")
        return web.json_response({"usersId": _users_id(name)})

    async def organization(self, request: web.Request) -> web.Response:
        self._calls["list"] += 1
        org_id = request.match_info["org_id"]
        permissions = {"admin": [], "payment": self._payment}
        return web.json_response({"name": org_id, "orgId": org_id, "permissions": permissions})

    async def customer(self, _request: web.Request) -> web.Response:
        self._calls["customer"] += 1
        return web.Response(body=self._customer, content_type="application/json")

    async def counts(self, _request: web.Request) -> web.Response:
        """The calls since the last time that this was asked."""
        calls, self._calls = self._calls, Counter()
        return web.json_response(calls)


def _users_id(name: str) -> str:
    """As long as a real one, which is a UUID."""
    return f"00000000-0000-4000-8000-{name:>012}"


async def serve(upstream: CountingUpstream) -> None:
    app = web.Application()
    app.router.add_post("/v2/auth/signin", upstream.sign_in)
    app.router.add_get("/v2/auth/verify", upstream.verify)
    app.router.add_get("/v2/org/{org_id}", upstream.organization)
    app.router.add_get("/v2/org/{org_id}/customer", upstream.customer)
    app.router.add_get("/counts", upstream.counts)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(CountingUpstream(int(sys.argv[1]))))
