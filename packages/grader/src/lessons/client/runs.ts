import type { ClientAttempt, ClientRun, PlannedCall } from '../../client/client-attempt.ts';
import type { Random } from '../../random.ts';
import type { ScriptedSession, ToolCall } from '../../scripted-server/scripted-session.ts';
import { randomAddresses } from '../shared/addresses.ts';

/** Time between a reply to no request and those to the calls, in milliseconds: a client may take the first as an end. */
const LATE_MS = 50;

/** Two calls, which the server answers when both have come: the second first. */
export async function runCalls(attempt: ClientAttempt): Promise<ClientRun> {
    return await runPlan(attempt, 'calls', [{}, {}], (last, _, { find }) => {
        const { session } = last;
        if (last !== session.calls[1]) return;
        // Such as the reply to a call that has timed out; a client ignores it.
        session.send({ id: `late-${attempt.random.word()}`, result: {} });
        setTimeout(() => {
            for (const call of session.calls.toReversed()) call.answer(find(call).text);
        }, LATE_MS);
    });
}

/** Three calls, of which the second is never answered. */
export async function runLimits(attempt: ClientAttempt): Promise<ClientRun> {
    return await runPlan(attempt, 'limits', [{}, {}, {}], (call, index, { find }) => {
        if (index !== 1) call.answer(find(call).text);
    });
}

/** One call, whose tool fails. Only this decides the exit code. */
export async function runToolError(attempt: ClientAttempt): Promise<ClientRun> {
    return await runPlan(attempt, 'tool-error', [{}], (call, _, { find }) => call.fail(find(call).text));
}

/** Three calls whose stream drops twice: the first and the last may be repeated, the middle one may not. */
export async function runDrops(attempt: ClientAttempt): Promise<ClientRun> {
    const unsafe = attempt.random.pick<object>([
        {},
        { annotations: { readOnlyHint: false } },
        { annotations: { title: 'Add' } }
    ]);
    const traits = [{ annotations: { readOnlyHint: true } }, unsafe, { annotations: { idempotentHint: true } }];
    return await runPlan(attempt, 'drops', traits, (call, _, { find, sessions }) => {
        const turn = sessions.indexOf(call.session);
        if (turn >= 2) return call.answer(find(call).text);
        // First when all calls have come, then at whichever is repeated first.
        if (call === call.session.calls[turn === 0 ? 2 : 0]) call.session.drop();
    });
}

interface Situation {
    sessions: readonly ScriptedSession[];
    /** Finds the call of the command line that the server has received. */
    find(call: ToolCall): PlannedCall;
}

/**
 * Makes a call of a tool of its own for each item.
 *
 * @param traits what the description of each tool has besides name and schema.
 * @param onCall with the index of the call on the command line.
 */
async function runPlan(
    attempt: ClientAttempt,
    name: string,
    traits: readonly object[],
    onCall: (call: ToolCall, index: number, situation: Situation) => void
): Promise<ClientRun> {
    return await attempt.run(name, () => {
        const calls = traits.map((_, index) => planCall(attempt.random, index));
        const find = (call: ToolCall) => calls.find(({ tool }) => tool === call.name);
        return {
            calls,
            script: {
                ...randomAddresses(attempt.random),
                tools: calls.map(({ tool, args }, index) => ({ ...describeTool(tool, args), ...traits[index] })),
                onCall(call, sessions) {
                    const planned = find(call);
                    if (!planned) return call.fail(`There is no tool ${call.name}`);
                    onCall(call, calls.indexOf(planned), { sessions, find: other => find(other) ?? planned });
                }
            }
        };
    });
}

/** A call with numbers, or with a text, in turn. */
function planCall(random: Random, index: number): PlannedCall {
    const tool = random.word();
    const text = `${random.word()} ${random.integer(1000, 99_999)}`;
    const args: PlannedCall['args'] =
        index % 2 === 0 ? { a: random.integer(1, 99_999), b: random.integer(-500, -1) } : { text: random.word() };
    const words = Object.entries(args).map(([name, value]) => `${name}=${value}`);
    return { word: [tool, ...words].join(' '), tool, args, text };
}

function describeTool(name: string, args: object) {
    const properties = Object.fromEntries(Object.entries(args).map(([key, value]) => [key, { type: typeof value }]));
    return { name, description: 'A tool of the check.', inputSchema: { type: 'object', properties } };
}
