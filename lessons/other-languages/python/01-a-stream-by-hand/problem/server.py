import os

import uvicorn
from fastapi import FastAPI

PORT = int(os.environ.get("PORT", "3001"))

app = FastAPI()


@app.get("/sse")
async def sse() -> dict[str, str]:
    # TODO 1: return a StreamingResponse with media_type="text/event-stream"; an async generator gives its text.
    # TODO 2: yield the event `connected`.
    # TODO 3: yield the event `heartbeat` each second, with the time as its data.
    return {"message": "hello"}


@app.get("/health")
async def health() -> dict[str, int]:
    # TODO 4: answer the number of open streams, and count a stream no more when its client has gone.
    return {"connections": 0}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
