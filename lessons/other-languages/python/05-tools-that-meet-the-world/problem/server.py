import os

import uvicorn
from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.routing import Mount

PORT = int(os.environ.get("PORT", "3001"))

mcp = FastMCP("calculator")


@mcp.tool()
def add(a: float, b: float) -> float:
    """Add two numbers."""
    return a + b


# TODO 1: the tool `echo` with the argument `message`: it returns the text unchanged.

# TODO 2: the tool `server_time` with the optional argument `timezone`: it returns date and time in that zone.
# TODO 3: if the zone does not exist, raise a ValueError that names it: FastMCP makes a result with `isError` of it.

# TODO 4: the tool `random-joke`: it fetches os.environ["JOKE_URL"], which answers {"value":"the joke"}.
# TODO 5: if the API answers no joke within a second, return a built-in one.

app = Starlette(routes=[Mount("/", app=mcp.sse_app())])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
