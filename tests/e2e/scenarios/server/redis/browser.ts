import { send, type TestServer } from '@calc/test-helpers';
import { EventSource } from 'eventsource';
import { expect } from 'vitest';
import { JSON_TYPE } from '../../../helpers/credentials.ts';

type Headers = Record<string, string>;

/** Signs in as the page does. Returns the cookie as a browser sends it back. */
export async function signIn({ url }: { url: string }, token: string): Promise<{ Cookie: string }> {
    const body = JSON.stringify({ token });
    const { status, headers } = await send(`${url}/login`, { method: 'POST', headers: JSON_TYPE, body });
    expect(status).toBe(204);
    return { Cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
}

/** An EventSource with a cookie, the status of each of its requests, and the data of its endpoint events. */
export function openEventSource({ url }: { url: string }, cookie: Headers) {
    const statuses: number[] = [];
    const endpoints: string[] = [];
    const source = new EventSource(`${url}/sse`, {
        async fetch(target, init) {
            const response = await fetch(target, { ...init, headers: { ...init.headers, ...cookie } });
            statuses.push(response.status);
            return response;
        }
    });
    source.addEventListener('endpoint', ({ data }) => endpoints.push(data));
    return { source, statuses, endpoints, [Symbol.dispose]: () => source.close() };
}

/** Opens a stream that waits, calls `act` after its first heartbeat, and returns all that came until its end. */
export async function readWaiting({ sseUrl }: TestServer, headers: Headers, act: () => unknown): Promise<string> {
    const { status, body } = await fetch(sseUrl, { headers });
    expect(status).toBe(200);
    let text = '';
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const isFirst = text === '';
        text += chunk;
        if (isFirst) await act();
    }
    return text;
}
