import { formatJson } from '../output/format.ts';
import { type AddCommand, examples } from './command.ts';

/** `ping`: measures how long an answer takes. */
export const addPing: AddCommand = (program, run) => {
    program
        .command('ping')
        .description('Measure how long the server takes to answer, in milliseconds.')
        .addHelpText('after', examples('ping', 'ping --json'))
        .action(() =>
            run(async ({ connection, json }) => {
                const start = performance.now();
                await connection.request('ping', (client, options) => client.ping(options));
                const ms = Number((performance.now() - start).toFixed(2));
                return json ? formatJson({ ms }) : `${ms} ms`;
            })
        );
};
