import { connectKept, patient, serveTutorial } from '@calc/test-helpers';
import { expect, test } from 'vitest';

const textOf = (result: object) => Object(Reflect.get(result, 'content'))[0]?.text;

test('twenty drops, with calls all the time: each call is answered or fails clearly, and no other tool runs twice', async () => {
    await using server = await serveTutorial({ onCall: () => new Promise(resolve => setImmediate(resolve)) });
    await using kept = await connectKept(server.sseUrl, patient);
    await kept.client.listTools();
    let call = 0;
    let drops = 0;
    const outcomes = { answered: 0, unknown: 0 };
    const callOn = async (name: string) => {
        while (drops < 20) {
            const number = ++call;
            try {
                expect(textOf(await kept.client.callTool({ name, arguments: { call: number } }))).toBe(`${number}`);
                outcomes.answered++;
            } catch (error) {
                expect([name, String(error)]).toEqual([
                    'count',
                    expect.stringMatching('not known whether the tool ran')
                ]);
                outcomes.unknown++;
            }
            if (number % 25 === 0) {
                drops++;
                server.breakAll();
            }
        }
    };
    await Promise.all(['look', 'look', 'count', 'count'].map(callOn));
    const counted = server.runs.filter(run => run.startsWith('count'));
    expect(new Set(counted).size).toBe(counted.length);
    expect(outcomes.answered).toBeGreaterThan(outcomes.unknown);
    expect(outcomes.answered + outcomes.unknown).toBe(call);
    expect(kept.closes).toBe(0);
});
