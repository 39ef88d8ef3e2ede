import os

import uvicorn
from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.routing import Mount

PORT = int(os.environ.get("PORT", "3001"))

mcp = FastMCP("calculator")

# TODO 1: the resource clock://now, whose text is the time of the call.

# TODO 2: the prompt `what-time-is-it` with the argument `timezone`.

# TODO 3: offer subscriptions, and remember which sessions have subscribed. FastMCP has no way to do so, but the
#         server under it has: mcp._mcp_server, with subscribe_resource(), unsubscribe_resource() and request_context.
# TODO 4: each second, send an update to those sessions.
# TODO 5: forget a session when it unsubscribes, and when it ends.

app = Starlette(routes=[Mount("/", app=mcp.sse_app())])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
