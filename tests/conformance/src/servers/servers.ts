import { parseConfig, startServer } from '@calc/sse-server';
import { EVERYTHING, FASTMCP, type Packages } from './packages.ts';
import type { Running } from './running.ts';
import { startSseTutorial, startStreamableTutorial } from './tutorial.ts';

/** What the client is asked for, as words after a command, and what the answer must have in it. */
export interface Question {
    words: string[];
    answer: string;
}

/** A server, and what it has that can be asked for. */
export interface OtherServer {
    name: string;
    paths: ('/sse' | '/mcp')[];
    start(port: number): Promise<Running>;
    call: Question;
    read?: Question;
    prompt?: Question;
}

const everything = {
    call: { words: ['get-sum', 'a=2', 'b=3'], answer: 'The sum of 2 and 3 is 5.' },
    read: { words: ['demo://resource/static/document/features.md'], answer: 'Features' },
    prompt: { words: ['args-prompt', 'city=Lyon'], answer: 'Lyon' }
};
const add = { words: ['add', 'a=2', 'b=3'], answer: '5' };

/** All the servers. Each has a tool `echo`, besides what the table asks for. */
export function listServers({ startEverything, startFastmcp }: Packages): OtherServer[] {
    return [
        {
            name: 'calculator',
            paths: ['/sse', '/mcp'],
            start: async port =>
                await startServer(parseConfig({ PORT: `${port}`, LOG_LEVEL: 'silent', SHUTDOWN_TIMEOUT_MS: '0' })),
            call: add,
            read: { words: ['joke://built-in/1'], answer: 'Chuck' },
            prompt: { words: ['what-time-is-it', 'timezone=Asia/Tokyo'], answer: 'Asia/Tokyo' }
        },
        {
            name: `server-everything ${EVERYTHING}, \`sse\``,
            paths: ['/sse'],
            start: port => startEverything('sse', port),
            ...everything
        },
        {
            name: `server-everything ${EVERYTHING}, \`streamableHttp\``,
            paths: ['/mcp'],
            start: port => startEverything('streamableHttp', port),
            ...everything
        },
        {
            name: `fastmcp ${FASTMCP}`,
            paths: ['/sse', '/mcp'],
            start: startFastmcp,
            call: add,
            read: { words: ['note://today'], answer: 'Buy bread' },
            prompt: { words: ['greet', 'who=Ann'], answer: 'Greet Ann' }
        },
        { name: 'SDK 1.32, `SSEServerTransport`', paths: ['/sse'], start: startSseTutorial, call: add },
        {
            name: 'SDK 1.32, `StreamableHTTPServerTransport`',
            paths: ['/mcp'],
            start: startStreamableTutorial,
            call: add
        }
    ];
}
