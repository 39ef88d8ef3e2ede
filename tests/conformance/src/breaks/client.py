"""Connects Python's SDK to a server. Reads a call a line on standard input, and prints its outcome."""

import json
import sys

import anyio
from mcp import ClientSession
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client


def show(outcome):
    print(json.dumps(outcome), flush=True)


async def call(session, id, name, args):
    try:
        result = await session.call_tool(name, args)
        show({"id": id, "result": result.model_dump(mode="json")})
    except Exception as error:
        show({"id": id, "error": f"{type(error).__name__}: {error}"})


async def main(url):
    connect = sse_client if url.endswith("/sse") else streamable_http_client
    async with connect(url) as streams, ClientSession(streams[0], streams[1]) as session:
        await session.initialize()
        show({"id": 0, "result": None})
        async with anyio.create_task_group() as calls:
            while line := await anyio.to_thread.run_sync(sys.stdin.readline):
                calls.start_soon(lambda asked: call(session, **asked), json.loads(line))


anyio.run(main, sys.argv[1])
