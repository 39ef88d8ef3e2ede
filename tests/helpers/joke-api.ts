import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a joke API can do to those who ask it. */
export type JokeApiBehaviour = 'answers' | 'hangs' | 'fails' | 'talks rubbish' | 'answers an empty joke';

export interface JokeApi extends AsyncDisposable {
    url: string;
    /** Settings of a server that asks it. A call ends when the test says so, however slow the machine is. */
    env: { JOKE_API_URL: string; JOKE_API_TIMEOUT_MS: string };
    /** What it tells when it answers. */
    joke: string;
    /** Settles when it has been asked for the first time. */
    asked: Promise<void>;
    /** How many are left hanging. */
    readonly hanging: number;
    /** How many have gone without waiting for an answer. */
    readonly left: number;
    /** Answers those that were left hanging. */
    answer(): void;
}

const JOKE = 'Chuck Norris passes every test on a free port.';

const tell = (res: ServerResponse) => res.end(JSON.stringify({ id: '1', value: JOKE }));

const behaviours: Record<JokeApiBehaviour, (res: ServerResponse) => void> = {
    answers: tell,
    hangs: () => {},
    fails: res => res.writeHead(500).end('{"value":"not to be told"}'),
    'talks rubbish': res => res.end('<html>not JSON'),
    'answers an empty joke': res => res.end('{"value":"  "}')
};

/** A joke API on a free port that behaves as told. */
export async function startJokeApi(behaviour: JokeApiBehaviour): Promise<JokeApi> {
    const hanging = new Set<ServerResponse>();
    let left = 0;
    const server = createServer((_req, res) => {
        if (behaviour === 'hangs') hanging.add(res);
        res.on('close', () => {
            hanging.delete(res);
            if (!res.writableFinished) left++;
        });
        behaviours[behaviour](res);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    return {
        url,
        env: { JOKE_API_URL: url, JOKE_API_TIMEOUT_MS: '60000' },
        joke: JOKE,
        asked: once(server, 'request').then(() => {}),
        get hanging() {
            return hanging.size;
        },
        get left() {
            return left;
        },
        answer: () => {
            for (const res of hanging) tell(res);
            hanging.clear();
        },
        async [Symbol.asyncDispose]() {
            server.closeAllConnections();
            server.close();
            await once(server, 'close');
        }
    };
}
