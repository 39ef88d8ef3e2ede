import os

import uvicorn
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.sse import SseServerTransport
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import Receive, Scope, Send

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


# The connection to the client.
transport: SseServerTransport | None = None


async def sse(request: Request) -> Response:
    global transport
    # TODO 1: the second client replaces this variable, and the first is lost. Make one transport, outside of `sse`.
    transport = SseServerTransport("/messages/")
    # request._send is how the SDK's own examples reach the send function of ASGI.
    async with transport.connect_sse(request.scope, request.receive, request._send) as (read, write):
        await server.run(read, write, server.create_initialization_options())
    return Response()


async def messages(scope: Scope, receive: Receive, send: Send) -> None:
    # TODO 2: remove this function, and mount transport.handle_post_message itself.
    if transport is None:
        await Response("Session not found", status_code=404)(scope, receive, send)
    else:
        await transport.handle_post_message(scope, receive, send)


async def health(_request: Request) -> JSONResponse:
    # TODO 3: answer the number of sessions, and count a session no more when its stream has ended.
    return JSONResponse({"connected": transport is not None})


app = Starlette(routes=[Route("/sse", sse), Mount("/messages/", app=messages), Route("/health", health)])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
