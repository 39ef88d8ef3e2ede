import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WireFact } from '../../src/mcp/transport/wire-fact.ts';
import { createProgress } from '../../src/tour/progress.ts';
import { OUTCOME, type TourStep, tourSteps } from '../../src/tour/steps.ts';
import type { Happening } from '../../src/tour/watch.ts';
import { createExchanges } from '../../src/wire/exchanges.ts';
import type { WireEntry } from '../../src/wire/wire-entry.ts';
import { createRecord } from '../wire/record.ts';

type Lesson = ReturnType<typeof createLesson>;

/** A record, with what a session of the page adds to it. */
function createLesson() {
    const record = createRecord();
    const { wire } = record;
    const exchanges = createExchanges(wire);
    const url = 'http://calc.test/sse';
    let ids = 0;
    const fact = (given: WireFact, session = 'a'): WireEntry => wire.record(session, given);
    const lesson = {
        exchanges,
        wire,
        happenings: (): Happening[] => wire.entries(),
        fact,
        connect: (session = 'a') => fact({ kind: 'connecting', url, reader: 'native' }, session),
        notify: (method: string, session = 'a') => record.event({ method }, session),
        /** Sends a message. Returns what its answers are. */
        send(method: string, session = 'a') {
            const id = ++ids;
            const post = record.post({ id, method }, session);
            const number = post.kind === 'post' ? post.number : 0;
            return {
                accept: (status = 202) => fact({ kind: 'answered', number, status, statusText: '' }, session),
                reply: () => record.event({ id, result: {} }, session),
                respond: () => fact({ kind: 'json', number, data: replyTo(id) }, session)
            };
        },
        /** A request of Streamable HTTP: its response is the reply. */
        respond(method: string) {
            const { accept, respond } = lesson.send(method);
            accept(200);
            respond();
        },
        handshake(session = 'a') {
            const url = 'http://calc.test/messages';
            const body = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
            fact({ kind: 'post', number: 900, url, body }, session);
            fact({ kind: 'answered', number: 900, status: 202, statusText: '' }, session);
        },
        call(session = 'a') {
            const { accept, reply } = lesson.send('tools/call', session);
            accept();
            reply();
        }
    };
    return lesson;
}

/** For each step, what happens: all but the last of it leaves the step undone. */
const lessons: Record<TourStep['id'], ((lesson: Lesson) => unknown)[]> = {
    handshake: [lesson => lesson.connect(), lesson => lesson.send('initialize').accept(), lesson => lesson.handshake()],
    call: [
        lesson => lesson.send('tools/call').accept(),
        lesson => lesson.send('tools/list').reply(),
        lesson => lesson.send('tools/call').accept(404),
        lesson => lesson.call()
    ],
    sessions: [
        lesson => lesson.call(),
        lesson => lesson.call('b'),
        lesson => lesson.handshake(),
        lesson => lesson.handshake(),
        lesson => lesson.handshake('b')
    ],
    stall: [
        lesson => {
            for (let count = 0; count < 5; count++) lesson.call();
        },
        lesson => {
            const calls = [1, 2, 3].map(() => lesson.send('tools/call'));
            for (const { accept } of calls) accept(200);
            for (const { respond } of calls) respond();
        },
        lesson => {
            const calls = Array.from({ length: 5 }, () => lesson.send('tools/call'));
            for (const { accept } of calls) accept();
            for (const { reply } of calls.slice(1)) reply();
        },
        lesson => lesson.wire.record('a', { kind: 'event', event: 'message', id: '', data: replyTo(9) })
    ],
    clock: [
        lesson => lesson.send('resources/subscribe').reply(),
        lesson => lesson.send('resources/read').reply(),
        lesson => lesson.notify('notifications/resources/updated'),
        lesson => lesson.send('resources/read', 'b').reply(),
        lesson => lesson.send('resources/read').reply()
    ],
    drop: [
        lesson => lesson.fact({ kind: 'opened', lastEventId: '' }),
        lesson => lesson.fact({ kind: 'dropped' }),
        lesson => lesson.fact({ kind: 'opened', lastEventId: 's:4' }),
        lesson => lesson.fact({ kind: 'resumed' })
    ],
    outage: [
        lesson => lesson.fact({ kind: 'resumed' }),
        lesson => lesson.send('ping').accept(0),
        lesson => lesson.fact({ kind: 'resumed' }, 'b'),
        lesson => lesson.fact({ kind: 'resumed' })
    ],
    connectionLimit: [
        lesson => {
            for (const session of ['a', '1', '2', '3', '4']) lesson.connect(session);
            lesson.send('ping').accept();
        },
        lesson => lesson.connect('5'),
        lesson => lesson.send('ping'),
        lesson => lesson.fact({ kind: 'closed', reason: 'asked' }, '5'),
        lesson => lesson.send('ping').accept(),
        lesson => lesson.fact({ kind: 'answered', number: 2, status: 202, statusText: '' })
    ],
    streamable: [
        lesson => lesson.call(),
        lesson => lesson.respond('tools/call'),
        lesson => lesson.send('initialize').reply(),
        lesson => lesson.respond('initialize')
    ],
    transcript: [lesson => lesson.handshake(), () => 'replay']
};

const replyTo = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, result: {} });

/** Plays a lesson into a tour that follows it, and into one that is opened after it. */
function isDone(step: TourStep, acts: readonly ((lesson: Lesson) => unknown)[]): boolean {
    const lesson = createLesson();
    const live = createProgress(tourSteps, lesson.exchanges);
    lesson.wire.subscribe({ added: live.note });
    const replays = acts.map(act => act(lesson)).filter(outcome => outcome === 'replay');
    const late = createProgress(tourSteps, lesson.exchanges);
    for (const happening of lesson.happenings()) late.note(happening);
    for (const _ of replays) for (const progress of [live, late]) progress.note({ kind: 'replay' });
    expect(late.isDone(step)).toBe(live.isDone(step));
    return live.isDone(step);
}

describe('a step is done when it has happened, and not before', () => {
    test.each(tourSteps.map(step => [step.id, step] as const))('%s', (id, step) => {
        const acts = lessons[id];
        for (let count = 0; count < acts.length; count++)
            expect(isDone(step, acts.slice(0, count)), `${count}`).toBe(false);
        expect(isDone(step, acts)).toBe(true);
    });
});

test('a tour has ten steps, and none is done on an empty record', () => {
    const { exchanges } = createLesson();
    const progress = createProgress(tourSteps, exchanges);
    expect(tourSteps.map(step => progress.isDone(step))).toEqual(new Array(10).fill(false));
});

test('a step that is done stays done, whatever happens next', () => {
    const acts = Object.values(lessons).flat();
    fc.assert(
        fc.property(fc.array(fc.nat(acts.length - 1), { maxLength: 30 }), chosen => {
            const lesson = createLesson();
            const progress = createProgress(tourSteps, lesson.exchanges);
            lesson.wire.subscribe({ added: progress.note });
            let done: TourStep[] = [];
            for (const index of chosen) {
                if (acts[index]?.(lesson) === 'replay') progress.note({ kind: 'replay' });
                const now = tourSteps.filter(progress.isDone);
                expect(now).toEqual(expect.arrayContaining(done));
                done = now;
            }
        }),
        { numRuns: 50 }
    );
});

test('the tour points at what is to be done next, and then at the outcome', () => {
    const lesson = createLesson();
    const progress = createProgress(tourSteps, lesson.exchanges);
    lesson.wire.subscribe({ added: progress.note });
    const step = tourSteps.find(({ id }) => id === 'sessions');
    if (!step) throw new Error('the tour has a step about sessions');
    const [first, second] = step.stages;
    expect(progress.targetsOf(step)).toBe(first?.targets);
    lesson.handshake();
    lesson.handshake('b');
    expect(progress.targetsOf(step)).toBe(second?.targets);
    lesson.call();
    lesson.call('b');
    expect(progress.targetsOf(step)).toBe(OUTCOME);
});
