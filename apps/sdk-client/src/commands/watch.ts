import { type JSONRPCNotification, type LoggingLevel, LoggingLevelSchema } from '@modelcontextprotocol/sdk/types.js';
import { Option } from 'commander';
import { type AddCommand, type CommandContext, examples } from '../command.ts';
import { formatJsonLine } from '../format.ts';
import { parseCount, parseMilliseconds } from '../options.ts';
import { toOneLine } from '../screen.ts';

interface WatchOptions {
    count?: number;
    /** Milliseconds. */
    for?: number;
    level: LoggingLevel;
}

/** `watch`: prints what the server says of its own accord, as it comes. */
export const addWatch: AddCommand = (program, run) => {
    program
        .command('watch')
        .description('Print notifications, progress and log messages as they come, until Ctrl-C; JSON has one a line.')
        .argument('[uri]', 'resource to subscribe to')
        .option('--count <n>', 'end after so many', text => parseCount('--count', text))
        .option('--for <ms>', 'end after that time', text => parseMilliseconds('--for', text))
        .addOption(
            new Option('--level <level>', 'least severe log message to ask for')
                .choices(LoggingLevelSchema.options)
                .default('info')
        )
        .addHelpText('after', examples('watch clock://now --count 2', 'watch clock://now --for 2000 --json'))
        .action((uri: string | undefined, options: WatchOptions) => run(context => watch(uri, options, context)));
};

async function watch(uri: string | undefined, options: WatchOptions, context: CommandContext): Promise<undefined> {
    const { connection, io } = context;
    const { client, request } = connection;
    let left = options.count ?? Number.POSITIVE_INFINITY;
    let done = () => {};
    const enough = new Promise<void>(resolve => {
        done = resolve;
    });
    const stopListening = connection.listen(notification => {
        if (left <= 0) return;
        io.stdout(`${format(notification, context)}\n`);
        left -= 1;
        if (left <= 0) done();
    });
    const timer = options.for === undefined ? undefined : setTimeout(done, options.for);
    try {
        if (client.getServerCapabilities()?.logging) {
            await request('logging/setLevel', (_, send) => client.setLoggingLevel(options.level, send));
        }
        if (uri !== undefined) {
            await request('resources/subscribe', (_, send) => client.subscribeResource({ uri }, send));
        }
        await Promise.race([enough, connection.ended]);
        if (uri !== undefined) {
            await request('resources/unsubscribe', (_, send) => client.unsubscribeResource({ uri }, send));
        }
    } finally {
        clearTimeout(timer);
        stopListening();
    }
    return undefined;
}

function format({ method, params = {} }: JSONRPCNotification, { json, screen }: CommandContext): string {
    if (json) return formatJsonLine({ time: new Date().toISOString(), method, params });
    const time = screen.dim(new Date().toISOString().slice(11, 23));
    return `${time} ${screen.bold(toOneLine(method))} ${describe(method, params)}`.trimEnd();
}

function describe(method: string, params: Record<string, unknown>): string {
    if (method === 'notifications/resources/updated') return toOneLine(String(params.uri));
    if (method !== 'notifications/message') return Object.keys(params).length > 0 ? formatJsonLine(params) : '';
    const text = typeof params.data === 'string' ? toOneLine(params.data) : formatJsonLine(params.data);
    const logger = typeof params.logger === 'string' ? `${params.logger}: ` : '';
    return `${toOneLine(`${params.level} ${logger}`)} ${text}`;
}
