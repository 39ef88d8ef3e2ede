import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { copyLessons, loader } from './helpers.ts';

test('the tutor gives progress, the last failure and hints, but never the code', async () => {
    using lessons = copyLessons();
    await lessons.run('start', '01');
    await lessons.run('check', '01');
    const client = new Client({ name: 'assistant', version: '1.0.0' });
    const args = ['--import', ...loader, 'tutor'];
    const env = { LESSONS_FOLDER: lessons.folder, LANG: 'en_GB', PATH: process.env.PATH ?? '' };
    await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
    const call = async (name: string, input: Record<string, string> = {}) => {
        const { content } = await client.callTool({ name, arguments: input });
        return (content as { text: string }[])[0]?.text ?? '';
    };
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['progress', 'last_failure', 'next_hint']);
    expect(await call('progress')).toContain('▸ 01  A stream by hand');
    expect(await call('last_failure')).toMatch(/^✗ GET \/sse opens an event stream\n/);
    expect(await call('last_failure', { lesson: '02' })).toBe('The learner has not checked this lesson yet.');
    expect(await call('last_failure', { lesson: '../../x' })).toContain('There is no lesson ../../x.');
    expect(await call('next_hint')).toMatch(/^Hint 1 of 3/);
    expect(await call('next_hint')).toMatch(/^Hint 2 of 3/);
    for (const _ of [1, 2]) {
        const hint = await call('next_hint');
        expect(hint).toMatch(/Only the learner can ask for it/);
        expect(hint).not.toContain('writeHead');
    }
    await client.close();
    // The learner still gets it.
    expect((await lessons.run('hint', '01')).stdout).toContain('res.writeHead(200');
});
