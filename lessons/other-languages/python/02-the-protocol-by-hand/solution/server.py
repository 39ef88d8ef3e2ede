import asyncio
import json
import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

PORT = int(os.environ.get("PORT", "3001"))

app = FastAPI()
# The replies that wait for the stream of each session, by session id.
queues: dict[str, asyncio.Queue[dict[str, Any]]] = {}


@app.get("/sse")
async def sse() -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


async def events() -> AsyncIterator[str]:
    session_id = uuid4().hex
    queue = queues[session_id] = asyncio.Queue()
    try:
        yield f"event: endpoint\ndata: /messages?session_id={session_id}\n\n"
        while True:
            reply = await queue.get()
            # str(reply) would be Python, with single quotes. json.dumps makes JSON, on one line.
            yield f"event: message\ndata: {json.dumps(reply)}\n\n"
    finally:
        del queues[session_id]


@app.post("/messages")
async def messages(session_id: str, request: Request) -> Response:
    queue = queues.get(session_id)
    if queue is None:
        return Response("Session not found", status_code=404)
    message = await request.json()
    # A message without an id is a notification: it gets no reply.
    if "id" in message:
        reply = answer(message["method"], message.get("params"))
        queue.put_nowait({"jsonrpc": "2.0", "id": message["id"], **reply})
    return Response("Accepted", status_code=202)


ADD = {
    "name": "add",
    "description": "Add two numbers.",
    "inputSchema": {
        "type": "object",
        "properties": {"a": {"type": "number"}, "b": {"type": "number"}},
        "required": ["a", "b"],
    },
}


def answer(method: str, params: Any) -> dict[str, Any]:
    match method:
        case "initialize":
            info = {"name": "by-hand", "version": "1.0.0"}
            return {"result": {"protocolVersion": "2024-11-05", "capabilities": {"tools": {}}, "serverInfo": info}}
        case "ping":
            return {"result": {}}
        case "tools/list":
            return {"result": {"tools": [ADD]}}
        case "tools/call":
            total = params["arguments"]["a"] + params["arguments"]["b"]
            return {"result": {"content": [{"type": "text", "text": str(total)}]}}
        case _:
            return {"error": {"code": -32601, "message": f"Method not found: {method}"}}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
