import { once } from 'node:events';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createTutor } from '../tutor/create-tutor.ts';
import type { AddCommand } from './command.ts';

export const addTutor: AddCommand = (program, context) => {
    program
        .command('tutor')
        .description(context.texts.tutor.about)
        .action(async () => {
            const server = createTutor(context);
            const ended = Promise.race([once(process.stdin, 'end'), once(context.signal, 'abort')]);
            await server.connect(new StdioServerTransport());
            await ended;
            await server.close();
        });
};
