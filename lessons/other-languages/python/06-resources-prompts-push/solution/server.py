import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone

import anyio
import uvicorn
from mcp.server.fastmcp import FastMCP
from mcp.server.session import ServerSession
from mcp.types import ServerCapabilities
from pydantic import AnyUrl
from starlette.applications import Starlette
from starlette.routing import Mount

PORT = int(os.environ.get("PORT", "3001"))
CLOCK = AnyUrl("clock://now")

mcp = FastMCP("calculator")


@mcp.resource(str(CLOCK), mime_type="text/plain")
def clock() -> str:
    """The time now."""
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


@mcp.prompt(name="what-time-is-it")
def what_time_is_it(timezone: str) -> str:
    """Ask for the time in a time zone."""
    return f"What time is it now in {timezone}? Use the tool server_time."


# FastMCP offers no subscriptions. The server under it does, but has to be told to say so.
server = mcp._mcp_server
get_capabilities = server.get_capabilities


def with_subscriptions(*args) -> ServerCapabilities:
    capabilities = get_capabilities(*args)
    if capabilities.resources:
        capabilities.resources.subscribe = True
    return capabilities


server.get_capabilities = with_subscriptions

# The sessions that have subscribed to the clock, in this order.
subscribers: dict[ServerSession, None] = {}


@server.subscribe_resource()
async def subscribe(_uri: AnyUrl) -> None:
    subscribers[server.request_context.session] = None


@server.unsubscribe_resource()
async def unsubscribe(_uri: AnyUrl) -> None:
    subscribers.pop(server.request_context.session, None)


async def tick() -> None:
    while True:
        await asyncio.sleep(1)
        for session in list(subscribers):
            try:
                await session.send_resource_updated(CLOCK)
            except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                # The stream has ended, and its subscription with it.
                subscribers.pop(session, None)


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    ticking = asyncio.create_task(tick())
    yield
    ticking.cancel()


app = Starlette(routes=[Mount("/", app=mcp.sse_app())], lifespan=lifespan)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
