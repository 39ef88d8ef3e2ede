import { describe, expect, test } from 'vitest';
import { completeLine } from '../../src/shell/completion/complete-line.ts';
import type { Known, ValueRequest } from '../../src/shell/completion/known.ts';

const json = { name: '--json', takesValue: false, choices: [] };
const args = { name: '--args', takesValue: true, choices: [] };
const asked: ValueRequest[] = [];

const known: Known = {
    commands: [
        { name: 'call', options: [args, json] },
        { name: 'complete', options: [json] },
        { name: 'help', options: [] },
        { name: 'prompt', options: [args, json] },
        { name: 'read', options: [json] },
        {
            name: 'watch',
            options: [
                { name: '--count', takesValue: true, choices: [] },
                { name: '--level', takesValue: true, choices: ['debug', 'info'] },
                json
            ]
        }
    ],
    tools: [
        { name: 'add', inputSchema: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } } },
        {
            name: 'paint',
            inputSchema: {
                type: 'object',
                properties: {
                    color: { enum: ['light blue', 'light red', "painter's", 7] },
                    fast: { type: 'boolean' },
                    nothing: { $ref: '#/nowhere' }
                }
            }
        },
        { name: 'two words', inputSchema: { type: 'object' } },
        { name: 'evil\u001b[2J', inputSchema: { type: 'object' } }
    ],
    resources: [{ uri: 'clock://now', name: 'now' }],
    resourceTemplates: [
        { uriTemplate: 'joke://built-in/{number}', name: 'joke' },
        { uriTemplate: 'map://{country}/{town}.png', name: 'map' },
        { uriTemplate: 'search://{+path}', name: 'search' }
    ],
    prompts: [{ name: 'time', arguments: [{ name: 'zone' }, { name: 'language' }] }],
    async completeValue(request) {
        asked.push(request);
        const { argument, others } = request;
        if (argument.name === 'zone') return ['Europe/Paris', 'Europe/Prague', 'bad\u001b[2J'];
        if (argument.name === 'number') return ['1', '12'];
        if (argument.name === 'country') return ['fr', 'de'];
        if (argument.name === 'town' && others.country === 'fr') return ['Paris'];
        return [];
    },
    findFiles: beginning => ['notes.txt', 'notes/', 'my notes'].filter(path => path.startsWith(beginning))
};

/** The line once it is completed, for each candidate; `|` is the cursor. */
async function complete(marked: string): Promise<string[]> {
    const cursor = marked.indexOf('|');
    const line = marked.replace('|', '');
    const { candidates, replaced } = await completeLine(line, cursor, known);
    const before = line.slice(0, cursor - replaced.length);
    return candidates.map(candidate => `${before}${candidate}|`);
}

describe('commands and options', () => {
    test.each([
        ['c|', ['call |', 'complete |']],
        ['  pr|', ['  prompt |']],
        ['|', ['call |', 'complete |', 'help |', 'prompt |', 'read |', 'watch |']],
        ['help pr|', ['help prompt |']],
        ['nonsense |', []],
        ['call --j|', ['call --json |']],
        ['call --json --|', ['call --json --args |']],
        ['call add --|  --json', ['call add --args|']],
        ['watch --level d|', ['watch --level debug |']],
        ['watch --count |', []],
        ['watch --count 2 cl|', ['watch --count 2 clock://now |']],
        ['# c|', []],
        ['call # a|', []]
    ])('%s', async (line, expected) => {
        expect(await complete(line)).toEqual(expected);
    });
});

describe('names and arguments of tools', () => {
    test.each([
        ['call a|', ['call add |']],
        ['call |', ['call add |', 'call paint |', 'call two\\ words |']],
        ['call "tw|', ['call "two words" |']],
        ['call add |', ['call add a=|', 'call add b=|']],
        ['call add a=1 |', ['call add a=1 b=|']],
        ['call add a:=1 |', ['call add a:=1 b=|']],
        ['call add | b=2', ['call add a=|']],
        ['call --json add |', ['call --json add a=|', 'call --json add b=|']],
        ['call unknown |', []],
        ['call add a=|', []],
        ['call paint fast=|', ['call paint fast=true |', 'call paint fast=false |']],
        ['call paint color=7|', ['call paint color=7 |']],
        ['call paint color=light\\ b|', ['call paint color=light\\ blue |']],
        ["call paint color='light|", ["call paint color='light blue' |", "call paint color='light red' |"]],
        ["call paint 'color=p|", ["call paint 'color=painter'\\''s' |"]],
        ['call paint nothing=|', []],
        ['call add --args @note|', ['call add --args @notes.txt |', 'call add --args @notes/|']],
        ['call add a=@my|', ['call add a=@my\\ notes |']],
        ['call add a:=@my|', ['call add a:=@my\\ notes |']]
    ])('%s', async (line, expected) => {
        expect(await complete(line)).toEqual(expected);
    });
});

describe('resources and prompts', () => {
    test.each([
        ['read cl|', ['read clock://now |']],
        ['read joke|', ['read joke://built-in/|']],
        ['read joke://built-in/|', ['read joke://built-in/1 |', 'read joke://built-in/12 |']],
        ['read map://|', ['read map://fr/|', 'read map://de/|']],
        ['read map://fr/p|', ['read map://fr/Paris.png|']],
        ['read map://de/p|', []],
        ['read search://x|', []],
        ['read clock://now |', []],
        ['prompt t|', ['prompt time |']],
        ['prompt time zone=x |', ['prompt time zone=x language=|']],
        ['prompt time zone=Eu|', ['prompt time zone=Europe/Paris |', 'prompt time zone=Europe/Prague |']],
        ['prompt time zone=pari|', ['prompt time zone=Europe/Paris |']],
        ['prompt time zone=Mars|', []],
        ['complete j|', ['complete joke://built-in/{number} |']],
        ['complete joke://built-in/{number} |', ['complete joke://built-in/{number} number=|']],
        ['complete joke://built-in/{number} number=12|', ['complete joke://built-in/{number} number=12 |']]
    ])('%s', async (line, expected) => {
        expect(await complete(line)).toEqual(expected);
    });

    test('the server is told which arguments are known already', async () => {
        asked.length = 0;
        await complete('prompt time language="my own" zone=Eu|');
        expect(asked).toEqual([
            {
                ref: { type: 'ref/prompt', name: 'time' },
                argument: { name: 'zone', value: 'Eu' },
                others: { language: 'my own' }
            }
        ]);
    });
});
