import os
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import httpx
import uvicorn
from mcp.server.fastmcp import FastMCP
from pydantic import BaseModel, Field
from starlette.applications import Starlette
from starlette.routing import Mount

PORT = int(os.environ.get("PORT", "3001"))
JOKE_URL = os.environ.get("JOKE_URL", "https://api.chucknorris.io/jokes/random")
JOKE_LIMIT_SECONDS = 1
BUILT_IN_JOKE = "Chuck Norris never reconnects. The stream comes back to him."

mcp = FastMCP("calculator")


class JokeAnswer(BaseModel):
    value: str = Field(min_length=1)


@mcp.tool()
def add(a: float, b: float) -> float:
    """Add two numbers."""
    return a + b


@mcp.tool()
def echo(message: str) -> str:
    """Return the text unchanged."""
    return message


@mcp.tool()
def server_time(timezone: str = "UTC") -> str:
    """Tell date and time in a time zone such as Europe/Paris."""
    try:
        return datetime.now(ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M:%S")
    except (ZoneInfoNotFoundError, ValueError) as error:
        # FastMCP makes a result with isError of every exception of a tool.
        raise ValueError(f'Unknown time zone "{timezone}": use a name such as Europe/Paris') from error


@mcp.tool(name="random-joke")
async def random_joke() -> str:
    """Tell a joke, a built-in one if the joke API fails."""
    try:
        return await fetch_joke()
    except (httpx.HTTPError, ValueError):
        return BUILT_IN_JOKE


async def fetch_joke() -> str:
    # A joke API on this machine is not behind a proxy of the environment.
    async with httpx.AsyncClient(timeout=JOKE_LIMIT_SECONDS, trust_env=False) as client:
        response = await client.get(JOKE_URL)
    response.raise_for_status()
    return JokeAnswer.model_validate_json(response.content).value


app = Starlette(routes=[Mount("/", app=mcp.sse_app())])

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=PORT)
