import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askForMissing } from '../../src/arguments/ask.ts';
import type { ToolShape } from '../../src/arguments/parse-arguments.ts';
import { CliError } from '../../src/errors/cli-error.ts';

const tool: ToolShape = {
    name: 'paint',
    inputSchema: {
        properties: {
            color: { enum: ['red', 'blue', 3] },
            size: { type: 'integer', description: 'How\nlarge\u001b[2J' },
            fast: { type: 'boolean' },
            note: { type: 'string' }
        },
        required: ['color', 'size', 'fast']
    }
};

const DOWN = '\x1b[B';

/** Answers each question with its keys as soon as it is shown. */
async function answer(keys: Record<string, string>, given: Record<string, unknown> = {}) {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    output.setEncoding('utf8').on('data', chunk => {
        shown += chunk;
        for (const [question, typed] of Object.entries(keys)) {
            if (!shown.includes(question)) continue;
            delete keys[question];
            // The question begins to listen right after it is shown.
            setImmediate(() => input.write(typed));
        }
    });
    const values = new Map(Object.entries(given));
    await askForMissing(values, tool, { terminal: { input, output }, signal: new AbortController().signal });
    return { values: Object.fromEntries(values), shown };
}

test('each missing argument is asked for as its schema has it', async () => {
    const { values, shown } = await answer({ color: `${DOWN + DOWN}\r`, 'size: How large': '12\r', fast: 'y' });
    expect(values).toEqual({ color: 3, size: 12, fast: true });
    expect(shown).not.toContain('note');
    expect(shown).not.toContain('\x1b[2J');
});

test('what is there already is not asked for', async () => {
    const { values, shown } = await answer({ fast: 'n' }, { color: 'red', size: 1 });
    expect(values).toEqual({ color: 'red', size: 1, fast: false });
    expect(shown).not.toContain('color');
});

test('Ctrl-C at a question is an interruption', async () => {
    const error = await answer({ color: '\x03' }).catch(reason => reason);
    expect(error).toBeInstanceOf(CliError);
    expect(error).toMatchObject({ code: 'interrupted', exitCode: 130 });
});
