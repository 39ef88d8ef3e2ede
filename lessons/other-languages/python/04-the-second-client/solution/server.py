import os

import uvicorn
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.sse import SseServerTransport
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

PORT = int(os.environ.get("PORT", "3001"))

server = Server("calculator")

ADD = {
    "type": "object",
    "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
    "required": ["a", "b"],
}


@server.list_tools()
async def list_tools() -> list[types.Tool]:
    return [types.Tool(name="add", description="Add two numbers.", inputSchema=ADD)]


@server.call_tool()
async def call_tool(_name: str, arguments: dict[str, float]) -> list[types.TextContent]:
    return [types.TextContent(type="text", text=str(arguments["a"] + arguments["b"]))]


# One transport for all clients: it keeps a session for each stream, by the id in the address, until the stream ends.
transport = SseServerTransport("/messages/")
sessions = 0


async def sse(request: Request) -> Response:
    global sessions
    sessions += 1
    try:
        # request._send is how the SDK's own examples reach the send function of ASGI.
        async with transport.connect_sse(request.scope, request.receive, request._send) as (read, write):
            await server.run(read, write, server.create_initialization_options())
    finally:
        sessions -= 1
    return Response()


async def health(_request: Request) -> JSONResponse:
    return JSONResponse({"sessions": sessions})


app = Starlette(
    routes=[Route("/sse", sse), Mount("/messages/", app=transport.handle_post_message), Route("/health", health)]
)

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
