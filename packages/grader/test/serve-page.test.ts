import { expect, test } from 'vitest';
import { openSession } from '../src/mcp-session.ts';
import { servePage } from '../src/page/serve-page.ts';
import { attemptOn } from './scripted-server.ts';

test('the server of the page drops the stream at a sum over 1000, and answers in the next session', async () => {
    const page = await servePage(import.meta.dirname, 0);
    try {
        using attempt = attemptOn(`${page.url}sse`);
        const first = await openSession(attempt);
        await first.initialize();
        const call = (a: number, b: number) => ({ name: 'add', arguments: { a, b } });
        await first.post({ id: 7, method: 'tools/call', params: call(600, 700) });
        await first.stream.until(() => first.stream.ended, attempt.limitMs);
        expect(first.stream.ended).toBe(true);
        const second = await openSession(attempt);
        await second.initialize();
        expect(await second.result('tools/call', call(2, 3))).toMatchObject({ content: [{ text: '5' }] });
    } finally {
        await page.close();
    }
});
