import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

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
        yield "event: connected\ndata: hello\n\n"
        # TODO 1: instead of `connected`, yield the event `endpoint`. Its data is /messages?session_id=…
        while True:
            await queue.get()
            # TODO 2: yield each reply as the event `message`, with json.dumps.
    finally:
        del queues[session_id]


@app.post("/messages")
async def messages(session_id: str, request: Request) -> Response:
    queue = queues.get(session_id)
    if queue is None:
        return Response("Session not found", status_code=404)
    message = await request.json()
    # TODO 2: answer the POST with 202, and put the reply into the queue.
    # TODO 2: a message without an id is a notification: it gets no reply.
    return JSONResponse({"jsonrpc": "2.0", "id": message.get("id"), **answer(message["method"])})


def answer(method: str) -> dict[str, Any]:
    match method:
        # TODO 3: initialize → protocolVersion, capabilities, serverInfo
        case "ping":
            return {"result": {}}
        # TODO 4: tools/list → tools, and tools/call → content
        # TODO 5: every other method → error -32601
        case _:
            return {"result": {}}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
