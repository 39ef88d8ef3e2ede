import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';

const JOKE_URL = process.env.JOKE_URL ?? 'https://api.chucknorris.io/jokes/random';
const JOKE_LIMIT_MS = 1000;
const BUILT_IN_JOKE = 'Chuck Norris never reconnects. The stream comes back to him.';

const jokeAnswer = z.object({ value: z.string().min(1) });

export function addTools(server: McpServer) {
    const add = { a: z.number(), b: z.number() };
    server.registerTool('add', { inputSchema: add }, ({ a, b }) => text(String(a + b)));

    const echo = { message: z.string().describe('Any text') };
    server.registerTool('echo', { inputSchema: echo }, ({ message }) => text(message));

    const serverTime = { timezone: z.string().default('UTC').describe('Such as Europe/Paris') };
    server.registerTool('server_time', { inputSchema: serverTime }, ({ timezone }) => {
        try {
            return text(formatTime(timezone));
        } catch {
            return { ...text(`Unknown time zone "${timezone}": use a name such as Europe/Paris`), isError: true };
        }
    });

    server.registerTool('random-joke', {}, async () => {
        try {
            return text(await fetchJoke());
        } catch {
            return text(BUILT_IN_JOKE);
        }
    });
}

/** The result of a tool. */
function text(text: string) {
    return { content: [{ type: 'text' as const, text }] };
}

/** Throws a RangeError if the time zone does not exist. */
function formatTime(timeZone: string) {
    // Swedish dates look like 2026-01-31 18:05:00.
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format();
}

/** Throws if no joke comes within the time limit. */
async function fetchJoke() {
    const response = await fetch(JOKE_URL, { signal: AbortSignal.timeout(JOKE_LIMIT_MS) });
    if (!response.ok) throw new Error(`The joke API answers ${response.status}`);
    return jokeAnswer.parse(await response.json()).value;
}
