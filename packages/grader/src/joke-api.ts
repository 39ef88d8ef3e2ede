import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * What a joke API may do: tell its joke, never answer, answer an error with a joke in it, answer other JSON, or tell its
 * joke and answer an error in turn.
 */
export type JokeApiAnswer = 'joke' | 'nothing' | 'error' | 'no joke' | 'in turn';

/** A joke API on this machine, whose address a server gets in the environment variable JOKE_URL. */
export interface JokeApi {
    readonly url: string;
    /** What it tells. */
    joke: string;
    answer: JokeApiAnswer;
    /** Number of requests so far. */
    readonly requests: number;
    close(): void;
}

const JOKE = 'Chuck Norris asked a joke API for a joke. This is the one it dared to tell.';

/** Starts a joke API on a free port of the loopback interface. */
export async function startJokeApi(): Promise<JokeApi> {
    const server = createServer((_req, res) => {
        api.requests += 1;
        answers[api.answer](res);
    });
    const json = (res: ServerResponse, status: number, body: object) =>
        res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    const answers: Record<JokeApiAnswer, (res: ServerResponse) => void> = {
        joke: res => json(res, 200, { id: '1', value: api.joke }),
        nothing: () => {},
        error: res => json(res, 503, { error: 'overloaded', value: api.joke }),
        'no joke': res => json(res, 200, { id: '1', total: 0 }),
        'in turn': res => answers[api.requests % 2 === 1 ? 'joke' : 'error'](res)
    };
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const api = {
        url: `http://127.0.0.1:${port}/jokes/random`,
        joke: JOKE,
        answer: 'joke' as JokeApiAnswer,
        requests: 0,
        close: () => {
            server.close();
            server.closeAllConnections();
        }
    };
    return api;
}
