import os

import uvicorn
from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

PORT = int(os.environ.get("PORT", "3001"))

mcp = FastMCP("calculator")


@mcp.tool()
def add(a: float, b: float) -> float:
    """Add two numbers."""
    return a + b


async def health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


# GET /sse and POST /messages/ come from the SDK. Routes are tried in order, and Mount("/") takes all that is left.
app = Starlette(routes=[Route("/health", health), Mount("/", app=mcp.sse_app())])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
