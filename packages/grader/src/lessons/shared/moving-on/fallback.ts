import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Attempt, nothingFor } from '../../../attempt.ts';
import type { Check, FailureDetails } from '../../../check.ts';
import { clauses } from '../../../clauses.ts';
import type { ClientTarget } from '../../../target.ts';
import { mcpUrl, STATELESS } from './streamable.ts';

/** What a client printed, and how it ended. */
interface Run {
    printed: string;
    stdout: string;
    code: number | null;
}

/** Longest time until a client prints something, in milliseconds: TypeScript starts slowly. */
const MAX_START_MS = 60_000;

/** How many time limits a client may take to end after it has printed something. */
const MAX_LIMITS = 3;

async function runClient(attempt: Attempt, ...words: string[]): Promise<Run> {
    const client = (attempt.client as ClientTarget).start(words);
    attempt.lastSent = `client ${words.join(' ')}`;
    const endMs = MAX_LIMITS * attempt.limitMs;
    let deadline = Date.now() + MAX_START_MS;
    while (!client.hasEnded && Date.now() < deadline) {
        await Promise.race([client.ended, new Promise(resolve => setTimeout(resolve, 50))]);
        if (client.output !== '') deadline = Math.min(deadline, Date.now() + endMs);
    }
    if (client.hasEnded)
        return { printed: client.output.trim(), stdout: client.stdout.trim(), code: await client.ended };
    client.kill();
    const received = nothingFor(client.output === '' ? MAX_START_MS : endMs, client.output.trim() || undefined);
    throw attempt.timeout({ received, ...neverEnds });
}

const neverEnds = {
    expected: { en: 'the client ends after its call', fr: 'le client se termine après son appel' },
    next: {
        en: 'Await client.close() after the call: an open connection keeps the program running.',
        fr: "Attendez client.close() après l'appel : une connexion ouverte maintient le programme en vie."
    }
};

/** Runs the client on the server of the learner, and expects the sum and the end of the program. */
async function expectAnswer(
    attempt: Attempt,
    url: URL,
    expectsRevision: (word: string) => boolean,
    diagnose: (printed: string) => Pick<FailureDetails, 'next'> = () => ({})
) {
    const [a, b] = [attempt.random.integer(1, 9999), attempt.random.integer(1, 9999)];
    const { stdout, printed, code } = await runClient(attempt, url.href, `${a}`, `${b}`);
    const [revision = '', sum] = stdout.split(/\s+/);
    if (expectsRevision(revision) && sum === String(a + b) && code === 0) return;
    throw attempt.failure({ received: firstError(printed) || `exit ${code}`, ...diagnose(printed) });
}

/** The line that says what went wrong, or all that was printed. */
const firstError = (printed: string) => /^.*\b\w*Error\b:.*$/m.exec(printed)?.[0] ?? printed;

/** What to do next if the client opened a stream, which /mcp refuses. */
const nextOverStream = (printed: string) =>
    /\bSseError\b/.test(printed)
        ? {
              next: {
                  en: 'Connect over new StreamableHTTPClientTransport(url) first. SSEClientTransport opens a stream with GET, and /mcp has none.',
                  fr: "Connectez-vous d'abord par new StreamableHTTPClientTransport(url). SSEClientTransport ouvre un flux par GET, et /mcp n'en a pas."
              }
          }
        : {};

export const clientTriesNewest: Check<Attempt> = {
    id: 'client-tries-newest',
    needs: 'client',
    title: {
        en: 'The client speaks the newest revision first',
        fr: "Le client parle d'abord la révision la plus récente"
    },
    sends: { en: 'client URL of /mcp, A, B', fr: 'client URL de /mcp, A, B' },
    expects: { en: 'one line: 2026-07-28 and the sum', fr: 'une ligne : 2026-07-28 et la somme' },
    clause: clauses.stateless,
    next: {
        en: "Create the client with { versionNegotiation: { mode: 'auto' } }; the default is 'legacy'.",
        fr: "Créez le client avec { versionNegotiation: { mode: 'auto' } } ; la valeur par défaut est 'legacy'."
    },
    async run(attempt) {
        await expectAnswer(attempt, mcpUrl(attempt), revision => revision === STATELESS, nextOverStream);
    }
};

export const clientFallsBack: Check<Attempt> = {
    id: 'client-falls-back',
    needs: 'client',
    title: { en: 'The client falls back to HTTP+SSE', fr: 'Le client revient à HTTP+SSE' },
    sends: { en: 'client URL of /sse, A, B', fr: 'client URL de /sse, A, B' },
    expects: {
        en: 'one line with an older revision and the sum: POST was refused, so the client opened the stream',
        fr: 'une ligne avec une révision plus ancienne et la somme : POST était refusé, le client a donc ouvert le flux'
    },
    clause: clauses.fallback,
    next: {
        en: 'Catch the error of the first attempt; if its status is 400, 404 or 405, connect a new Client over SSEClientTransport.',
        fr: "Interceptez l'erreur du premier essai ; si son statut est 400, 404 ou 405, connectez un nouveau Client par SSEClientTransport."
    },
    async run(attempt) {
        await expectAnswer(attempt, attempt.url, revision => revision !== STATELESS);
    }
};

export const clientKeepsErrors: Check<Attempt> = {
    id: 'client-keeps-errors',
    needs: 'client',
    title: {
        en: 'The client falls back for 400, 404 and 405 only',
        fr: 'Le client ne revient en arrière que pour 400, 404 et 405'
    },
    sends: {
        en: 'client URL of a server that answers every request with 401, or with 503',
        fr: "client URL d'un serveur qui répond 401, ou 503, à toute requête"
    },
    expects: {
        en: 'no GET, and an exit code other than 0: another transport would only hide the real reason',
        fr: 'aucun GET, et un code de sortie autre que 0 : un autre transport ne ferait que cacher la vraie raison'
    },
    clause: clauses.fallback,
    next: {
        en: 'Throw the error again unless its status is 400, 404 or 405.',
        fr: "Relancez l'erreur, sauf si son statut est 400, 404 ou 405."
    },
    async run(attempt) {
        for (const status of [401, 503]) {
            await using server = await refuseAll(status);
            const { code, printed } = await runClient(attempt, server.url, '1', '2');
            if (server.seen.length === 0) throw attempt.failure({ received: firstError(printed) || '-' });
            const received = `${server.seen.join('\n')}\nexit ${code}`;
            if (server.seen.includes(`GET: ${status}`) || code === 0) throw attempt.failure({ received });
        }
    }
};

/** A server that answers every request with one status, and remembers the methods. */
async function refuseAll(status: number) {
    const seen: string[] = [];
    const server = createServer((req, res) => {
        seen.push(`${req.method}: ${status}`);
        res.writeHead(status).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return {
        url: `http://127.0.0.1:${port}/mcp`,
        seen,
        async [Symbol.asyncDispose]() {
            server.closeAllConnections();
            server.close();
        }
    };
}
