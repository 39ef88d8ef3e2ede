import os

import uvicorn
from mcp.server.fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

PORT = int(os.environ.get("PORT", "3001"))

mcp = FastMCP("calculator")

# TODO 3: add the tool `add`: a function with type hints and a docstring, decorated with @mcp.tool().


async def health(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


# TODO 1: mount mcp.sse_app() at "/", after the other routes.
app = Starlette(routes=[Route("/health", health)])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
