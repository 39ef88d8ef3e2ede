import { type LoggingLevel, LoggingLevelSchema } from '@modelcontextprotocol/sdk/types.js';
import { Option } from 'commander';
import { wholeNumber } from '../config/options.ts';
import type { Connection } from '../connection/connection.ts';
import { interrupted, rejectOnAbort, withinFarewell } from '../connection/interruption.ts';
import { formatNotification } from '../output/notification.ts';
import { type AddCommand, type CommandContext, examples } from './command.ts';
import { requireCapability } from './require-capability.ts';

interface WatchOptions {
    count?: number;
    /** Milliseconds. */
    for?: number;
    level: LoggingLevel;
}

/** `watch`: prints notifications as they arrive. */
export const addWatch: AddCommand = (program, run) => {
    program
        .command('watch')
        .description(
            'Print notifications, progress and log messages as they arrive, until Ctrl-C; with --json one a line.'
        )
        .argument('[uri]', 'resource to subscribe to')
        .addOption(wholeNumber('--count <n>', 'end after this many notifications'))
        .addOption(wholeNumber('--for <ms>', 'end this long after the subscription, in milliseconds'))
        .addOption(
            new Option('--level <level>', 'lowest level of log messages')
                .choices(LoggingLevelSchema.options)
                .default('info')
        )
        .addHelpText('after', examples('watch clock://now --count 2', 'watch clock://now --for 2000 --json'))
        .action((uri: string | undefined, options: WatchOptions) => run(context => watch(uri, options, context)));
};

async function watch(uri: string | undefined, options: WatchOptions, context: CommandContext): Promise<undefined> {
    const { connection, io } = context;
    const { client, request } = connection;
    if (uri !== undefined) requireCapability(connection, 'subscriptions');
    let left = options.count ?? Number.POSITIVE_INFINITY;
    let isSubscribed = false;
    let done = () => {};
    const enough = new Promise<void>(resolve => {
        done = resolve;
    });
    const stopListening = connection.listen(notification => {
        if (left <= 0) return;
        io.stdout(`${formatNotification(notification, context)}\n`);
        left -= 1;
        if (left <= 0) done();
    });
    let timer: NodeJS.Timeout | undefined;
    try {
        if (client.getServerCapabilities()?.logging) {
            await request('logging/setLevel', (_, send) => client.setLoggingLevel(options.level, send));
        }
        if (uri !== undefined) {
            await request('resources/subscribe', (_, send) => client.subscribeResource({ uri }, send));
            isSubscribed = true;
        }
        if (options.for !== undefined) timer = setTimeout(done, options.for);
        await Promise.race([enough, connection.ended, connection.silent, interruptedBy(io.signal)]);
    } finally {
        clearTimeout(timer);
        stopListening();
        if (isSubscribed && uri !== undefined) await unsubscribe(uri, connection);
    }
    return undefined;
}

/**
 * Unsubscribes even after Ctrl-C, because in a shell the connection stays open. A server that is down gets the request
 * when it is back; the command does not wait for that.
 */
async function unsubscribe(uri: string, { client, withSignal }: Connection): Promise<void> {
    const { request } = withSignal(new AbortController().signal);
    await withinFarewell(request('resources/unsubscribe', (_, send) => client.unsubscribeResource({ uri }, send)));
}

/** Rejects with an `interrupted` error when the signal aborts. In a shell it is the signal of one command. */
function interruptedBy(signal: AbortSignal): Promise<never> {
    return rejectOnAbort(signal).catch(() => {
        throw interrupted();
    });
}
