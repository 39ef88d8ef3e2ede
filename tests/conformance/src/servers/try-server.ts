import { clientMain, runNode } from '@calc/test-helpers';
import { GOOD, toBadCell } from '../cell.ts';
import { countResources, parseOutcome, toInfo, toNames, toText } from './answers.ts';
import type { OtherServer, Question } from './servers.ts';

/** Runs one command of the client and returns what it prints. */
type Ask = (command: string, ...words: string[]) => Promise<unknown>;

/** What is tried at each server: the columns of the table. */
const attempts: Record<string, (ask: Ask, server: OtherServer, transport: string) => Promise<string>> = {
    async info(ask, _server, wanted) {
        const { transport, protocolVersion } = toInfo(await ask('info'));
        if (transport !== wanted) throw new Error(`connected over ${transport}`);
        return `${transport === 'sse' ? 'HTTP+SSE' : 'Streamable HTTP'}, ${protocolVersion}`;
    },
    async tools(ask, { call }) {
        const names = toNames(await ask('tools'));
        if (!names.includes(call.words[0] ?? '')) throw new Error(`listed ${names.join(', ') || 'none'}`);
        return `${names.length}`;
    },
    async call(ask, { call }) {
        await check(ask, 'call', call);
        return call.words.join(' ');
    },
    async resources(ask, { read }) {
        const { listed, templates } = countResources(await ask('resources'));
        if (read) await check(ask, 'read', read);
        return describe(listed + templates, read);
    },
    async prompts(ask, { prompt }) {
        const names = toNames(await ask('prompts'));
        if (prompt) await check(ask, 'prompt', prompt);
        return describe(names.length, prompt);
    }
};

export const columns = Object.keys(attempts);

/** Starts a server and asks it, over one transport, for all that it has: a row of the table. */
export async function tryServer(server: OtherServer, url: URL, transport: string): Promise<Record<string, string>> {
    const options = ['--json', '--url', url.href, '--transport', transport];
    const ask: Ask = async (...words) => {
        await using client = runNode(clientMain, [...words, ...options]);
        return parseOutcome(await client.ended);
    };
    await using _running = await server.start(Number(url.port));
    const row: Record<string, string> = {};
    for (const [name, attempt] of Object.entries(attempts)) {
        const cell = attempt(ask, server, url.pathname === '/sse' ? 'sse' : 'http');
        row[name] = await cell.then(text => `${GOOD} ${text}`, toBadCell);
    }
    return row;
}

async function check(ask: Ask, command: string, { words, answer }: Question): Promise<void> {
    const text = toText(await ask(command, ...words));
    if (!text.includes(answer)) throw new Error(`${words.join(' ')} gave ${text || 'no text'}`);
}

function describe(count: number, question: Question | undefined): string {
    // A feature that the table does not ask for would not be tested.
    if (count > 0 !== (question !== undefined)) throw new Error(`listed ${count}`);
    return count === 0 ? 'none' : `${count}, and one of them`;
}
