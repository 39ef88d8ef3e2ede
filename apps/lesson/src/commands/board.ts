import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { startBoard } from '../board/board.ts';
import { type Context, EXIT, Exit } from '../context.ts';
import { findFreePort } from '../learner/free-port.ts';
import type { AddCommand } from './command.ts';

const LOOPBACK = '127.0.0.1';
const ANY = '0.0.0.0';
const PORT = 3200;

export const addBoard: AddCommand = (program, context) => {
    const { values, board: texts } = context.texts;
    program
        .command('board')
        .description(texts.about)
        .option(`--host ${values.address}`, texts.host, LOOPBACK)
        .option(`--port ${values.port}`, texts.port)
        .option(`--code ${values.code}`, texts.code)
        .action(async ({ host, port: word, code: given }: { host: string; port?: string; code?: string }) => {
            const isOpen = host !== LOOPBACK;
            const code = given ?? (isOpen ? randomBytes(4).toString('hex') : undefined);
            await using board = await open(host, word, code, context);
            const urls = (isOpen ? addresses(host) : ['localhost']).map(address => `http://${address}:${board.port}`);
            const own = host === LOOPBACK || host === ANY ? 'localhost' : host;
            context.print(texts.shown(`http://${own}:${board.port}`));
            context.print(texts.join(urls, code));
            context.print(isOpen ? texts.keepCode : texts.onlyHere);
            if (!context.signal.aborted) await once(context.signal, 'abort');
        });
};

async function open(host: string, word: string | undefined, code: string | undefined, context: Context) {
    const { texts, language, catalog } = context;
    const port = word === undefined ? await findFreePort(PORT) : Number(word);
    if (!/^\d*$/.test(word ?? '') || port > 65535) throw new Exit(EXIT.usage, texts.board.notAPort(word ?? ''));
    const titles = new Map(catalog.map(({ number, title }) => [number, title[language]]));
    try {
        return await startBoard({ host, port, code, titles, texts: texts.board, language });
    } catch (error) {
        throw new Exit(EXIT.usage, texts.board.cannotListen(host, port, error instanceof Error ? error.message : ''));
    }
}

/** The addresses by which other machines may reach this one. */
function addresses(host: string): string[] {
    if (host !== ANY) return [host];
    const all = Object.values(networkInterfaces()).flatMap(each => each ?? []);
    const outside = all.filter(({ internal, family }) => !internal && family === 'IPv4');
    return outside.length > 0 ? outside.map(({ address }) => address) : ['localhost'];
}
