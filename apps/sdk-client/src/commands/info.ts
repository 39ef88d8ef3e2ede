import { displayUrl } from '../connection/display-url.ts';
import { formatJson } from '../output/format.ts';
import { toOneLine } from '../output/screen.ts';
import { formatTable } from '../output/table.ts';
import { type AddCommand, type CommandContext, examples } from './command.ts';

/** `info`: shows the server and what was negotiated with it. */
export const addInfo: AddCommand = (program, run) => {
    program
        .command('info')
        .description('Show the server, its capabilities, and the transport and protocol version in use.')
        .addHelpText('after', examples('info', 'info --json', 'info --url http://127.0.0.1:3001/sse'))
        .action(() => run(async context => describe(context)));
};

/** Any client that knows a session id can use the session, so only this many characters of it are shown. */
const SHOWN_OF_SESSION = 8;

function describe({ connection, json, screen }: CommandContext): string {
    const { client, url, transport, protocolVersion } = connection;
    const sessionId = connection.sessionId()?.slice(0, SHOWN_OF_SESSION);
    const server = client.getServerVersion();
    const capabilities = client.getServerCapabilities() ?? {};
    const instructions = client.getInstructions();
    const address = displayUrl(url);
    if (json) {
        return formatJson({ url: address, transport, protocolVersion, sessionId, server, capabilities, instructions });
    }
    const title = server?.title ? ` (${server.title})` : '';
    const rows = [
        ['server', `${server?.name} ${server?.version}${title}`],
        ['url', address],
        ['transport', transport === 'http' ? 'Streamable HTTP' : 'HTTP+SSE'],
        ['protocol', protocolVersion],
        ['session', sessionId === undefined ? 'none' : `${sessionId}…`],
        ['capabilities', Object.entries(capabilities).map(formatCapability).join(', ') || 'none'],
        ['instructions', instructions ?? 'none']
    ];
    return formatTable(
        rows.map(([name = '', value = '']) => [screen.dim(name), toOneLine(value)]),
        screen.width
    ).join('\n');
}

/** `resources (subscribe)`: the name of a capability and the parts of it that are on. */
function formatCapability([name, parts]: [string, unknown]): string {
    const on = Object.entries(Object(parts)).flatMap(([part, value]) => (value ? [part] : []));
    return on.length > 0 ? `${name} (${on.join(', ')})` : name;
}
