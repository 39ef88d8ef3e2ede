import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import type { Attempt } from '../src/attempt.ts';
import type { Check } from '../src/check.ts';
import { clauses } from '../src/clauses.ts';
import { gradeServer } from '../src/grade.ts';
import { createRandom } from '../src/random.ts';
import { runChecks } from '../src/run-checks.ts';
import type { LearnerProcess } from '../src/target.ts';
import { attemptOn, listen, serve } from './scripted-server.ts';

const options = { seed: 1, limitMs: 2000 };
const text = { en: 'text', fr: 'texte' };

function check(id: string, run: Check<Attempt>['run']): Check<Attempt> {
    return { id, title: text, sends: text, expects: text, clause: clauses.jsonRpc, next: text, run };
}

const run = (checks: Check<Attempt>[], more: { all?: boolean; process?: LearnerProcess; url?: string } = {}) =>
    runChecks(
        '99',
        checks,
        () => attemptOn(more.url ?? 'http://127.0.0.1:9/sse'),
        { ...options, ...more },
        more.process
    );

test('a check that throws is an error, with its stack, and never a pass', async () => {
    const { status, checks } = await run([
        check('broken', async () => {
            throw new TypeError('a mistake in the check');
        })
    ]);
    expect(status).toBe('error');
    expect(checks).toMatchObject([{ status: 'error', received: expect.stringContaining('a mistake in the check') }]);
});

test('checks after the first that does not pass run only if all are asked for', async () => {
    const checks = [
        check('passes', async () => {}),
        check('fails', async attempt => {
            throw attempt.failure({ received: 'x' });
        }),
        check('late', async attempt => {
            throw attempt.timeout({ received: 'y' });
        })
    ];
    const ids = async (all: boolean) => (await run(checks, { all })).checks.map(({ id, status }) => `${id} ${status}`);
    expect(await ids(false)).toEqual(['passes pass', 'fails fail']);
    expect(await ids(true)).toEqual(['passes pass', 'fails fail', 'late timeout']);
    expect((await run(checks, { all: true })).status).toBe('fail');
});

test('a failure says what was sent last; before anything was sent, what the check sends', async () => {
    await using server = await serve();
    const fail = (attempt: Attempt) => {
        throw attempt.failure({ received: 'x' });
    };
    const { checks } = await run(
        [
            check('before', async attempt => fail(attempt)),
            check('after', async attempt => {
                await attempt.openStream();
                fail(attempt);
            })
        ],
        { url: server.url, all: true }
    );
    expect(checks.map(({ sent }) => sent)).toEqual([text, 'GET /sse']);
});

test('a server that nothing listens for is unreachable, and no verdict', async () => {
    const { port } = await listen(() => {}).then(async server => {
        await server[Symbol.asyncDispose]();
        return server;
    });
    const result = await gradeServer('01', { url: `http://127.0.0.1:${port}/sse` }, { ...options, all: true });
    const reason = { en: `cannot reach http://127.0.0.1:${port}: ECONNREFUSED` };
    expect(result).toMatchObject({
        status: 'error',
        unreachable: reason,
        checks: [{ status: 'error', received: reason }]
    });
});

test('a server that does not speak HTTP fails, and is not called unreachable', async () => {
    const server = createServer(socket => socket.end('220 welcome to mail\r\n'));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const result = await gradeServer('01', { url: `http://127.0.0.1:${port}/sse` }, options);
    expect(result).toMatchObject({ status: 'fail', checks: [{ received: { en: 'something that is not HTTP' } }] });
    server.close();
});

/** A process that has ended with the given last lines. */
function endedProcess(output: string, stoppedOnPurpose = false): LearnerProcess {
    return { output, stdout: output, ended: Promise.resolve(1), hasEnded: true, stoppedOnPurpose, kill() {} };
}

const failing = check('fails', async attempt => {
    throw attempt.failure({ received: 'no response' });
});

test('a process that ended by itself explains the failure by its last lines', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\n');
    const { status, unreachable } = await run([failing], { process: endedProcess(lines) });
    expect(status).toBe('error');
    expect(unreachable).toMatchObject({
        en: expect.stringMatching(/^the process ended by itself\nline 19\nline 20$/)
    });
});

test('a process that ended with an error shows the error and the line of the learner that it comes from', async () => {
    const output = `node:events:495
      throw er; // Unhandled 'error' event
      ^

Error [ERR_STREAM_WRITE_AFTER_END]: write after end
    at ServerResponse.write (node:_http_outgoing:915:15)
    at /project/lessons/02/work/server.ts:31:9
Emitted 'error' event on ServerResponse instance at:
    at emitErrorNt (node:_http_outgoing:943:9) {
  code: 'ERR_STREAM_WRITE_AFTER_END'
}

Node.js v20.20.0
`;
    const { checks } = await run([failing], { process: endedProcess(output) });
    expect(checks[0]).toMatchObject({
        received: {
            en: 'the process ended by itself\nError [ERR_STREAM_WRITE_AFTER_END]: write after end\n    at /project/lessons/02/work/server.ts:31:9'
        },
        next: { en: expect.stringContaining('Write the reply to the stream') }
    });
});

test('an exception that the server printed while nothing came is shown, and comes first', async () => {
    const process = { ...endedProcess(''), hasEnded: false, ended: new Promise<number | null>(() => {}) };
    const throws = check('throws', async attempt => {
        process.output += 'Traceback (most recent call last):\nKeyError: 1\n';
        throw attempt.timeout({ received: 'nothing' });
    });
    const { checks } = await run([throws], { process });
    expect(checks[0]).toMatchObject({
        received: { en: expect.stringMatching(/^nothing\n.*KeyError: 1/) },
        next: { en: expect.stringContaining('Mend this first') }
    });
});

test('a process that the check stopped does not explain a failure', async () => {
    expect(await run([failing], { process: endedProcess('', true) })).toMatchObject({ status: 'fail' });
});

test('streams are closed when a check is over, also when it fails', async () => {
    let onClose = () => {};
    const closed = new Promise<void>(resolve => {
        onClose = resolve;
    });
    await using server = await serve({
        open: response => {
            response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
            response.on('close', onClose);
        }
    });
    const opensAndFails = check('fails', async attempt => {
        await attempt.openStream();
        throw attempt.failure({ received: 'x' });
    });
    await run([opensAndFails], { url: server.url });
    await closed;
});

test('a lesson that grades no server is named', async () => {
    await expect(gradeServer('99', { url: 'http://127.0.0.1:9/sse' }, options)).rejects.toThrow('Lesson 99');
});

const inputs = (seed: number) => {
    const random = createRandom(seed);
    return [random.integer(1, 1_000_000), random.word(), random.pick(['a', 'b', 'c']), random.word()];
};

test('a seed repeats the inputs of a check, and another seed has others', () => {
    expect(inputs(7)).toEqual(inputs(7));
    expect(inputs(7)).not.toEqual(inputs(8));
    expect(createRandom(7).word()).toMatch(/^[a-z]{8}$/);
});

test('integers reach both limits and stay within them', () => {
    const random = createRandom(3);
    expect(new Set(Array.from({ length: 200 }, () => random.integer(-1, 2)))).toEqual(new Set([-1, 0, 1, 2]));
});
