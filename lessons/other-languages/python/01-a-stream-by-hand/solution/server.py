import asyncio
import os
from collections.abc import AsyncIterator
from datetime import datetime, timezone

import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

PORT = int(os.environ.get("PORT", "3001"))

app = FastAPI()
# One object for each stream that is open.
streams: set[object] = set()


@app.get("/sse")
async def sse() -> StreamingResponse:
    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-cache"})


async def events() -> AsyncIterator[str]:
    stream = object()
    streams.add(stream)
    try:
        yield event("connected", "hello")
        while True:
            await asyncio.sleep(1)
            yield event("heartbeat", datetime.now(timezone.utc).isoformat())
    finally:
        # The client has gone: the server cancels this function.
        streams.remove(stream)


def event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"


@app.get("/health")
async def health() -> dict[str, int]:
    return {"connections": len(streams)}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
