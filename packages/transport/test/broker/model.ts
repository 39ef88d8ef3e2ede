import fc from 'fast-check';
import { expect } from 'vitest';
import { end, endIfUnheld, hold, read, unhold } from './model-holders.ts';
import { type Belief, type ModelSession, mayWrite, type Real } from './model-session.ts';
import { CREDENTIAL, openSession, type TestHub, type TestProcess, toPost } from './test-hub.ts';

/** What a property test compares a broker with. */
class Model {
    readonly sessions = new Map<string, ModelSession>();
    requests = 0;
}

type Step = (model: Model, real: Real) => Promise<void>;

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

async function open(model: Model, real: Real, process: TestProcess) {
    const id = await openSession(process);
    model.sessions.set(id, {
        accepted: new Map(),
        fence: 1,
        isFree: false,
        events: [],
        holder: undefined,
        sent: 0,
        lastHolder: undefined,
        isOpen: true
    });
    real.beliefs.get(process)?.set(id, { fence: 1, entries: new Map(), after: 0 });
}

/** @param cancels the request that the new one cancels. */
async function accept(
    model: Model,
    real: Real,
    process: TestProcess,
    id: string,
    session: ModelSession,
    cancels?: number
) {
    const request = ++model.requests;
    const post = toPost(request);
    const messages = post.messages.map(message => ({ ...message, ...(cancels !== undefined && { cancels }) }));
    const acceptance = await process.broker.accept(id, CREDENTIAL, { ...post, messages });
    expect(acceptance.kind).toBe(session.isOpen ? 'accepted' : 'unknown-session');
    if (!session.isOpen) return;
    session.accepted.set(request, false);
    if (cancels !== undefined) session.accepted.set(cancels, true);
    const belief = real.beliefs.get(process)?.get(id);
    if (acceptance.kind === 'accepted' && acceptance.taken && belief) {
        expect(acceptance.taken.fence).toBe(belief.fence);
        if (acceptance.taken.firstEntry === belief.after + 1) {
            belief.after += 1;
            belief.entries.set(belief.after, request);
        } else await takeInbox(process, id, session, belief);
    }
    expect(await process.broker.accept(id, CREDENTIAL, toPost(request))).toEqual({ kind: 'repeated', stream: 0 });
    if (cancels !== undefined) {
        const retry = toPost(cancels, `request ${cancels}`, 'key');
        expect(await process.broker.accept(id, CREDENTIAL, retry)).toEqual({ kind: 'repeated', stream: 0 });
    }
    expect(await process.broker.accept(id, 'another', toPost(request))).toEqual({ kind: 'unknown-session' });
}

async function takeInbox(process: TestProcess, id: string, session: ModelSession, belief: Belief) {
    const entries = await process.broker.takeInbox(id, belief.fence, belief.after);
    if (!mayWrite(session, belief)) {
        expect(entries).toBe('fenced');
        return;
    }
    if (entries === 'fenced') throw new Error('the owner was fenced');
    for (const { entry, json } of entries) {
        expect(entry).toBeGreaterThan(belief.after);
        belief.after = entry;
        const request = Number(/^request (\d+)$/.exec(json)?.[1]);
        // Nothing of another session, and nothing that is settled.
        expect(session.accepted.get(request)).toBe(false);
        belief.entries.set(entry, request);
    }
}

async function append(process: TestProcess, id: string, session: ModelSession, belief: Belief) {
    const [entry, request] = belief.entries.entries().next().value ?? [];
    const json = `${request === undefined ? 'event' : `answer ${request}`} of ${id}`;
    const settles = entry === undefined ? {} : { settles: entry };
    const outcome = await process.broker.append(id, belief.fence, { stream: 0, json, ...settles });
    if (!mayWrite(session, belief)) {
        expect(outcome).toBe('fenced');
        return;
    }
    if (entry !== undefined && request !== undefined && session.accepted.get(request)) {
        // It was cancelled.
        expect(outcome).toBe('settled');
        belief.entries.delete(entry);
        return;
    }
    session.events.push(json);
    expect(outcome).toBe(session.events.length);
    const repeated = { stream: 0, json, position: session.events.length };
    expect(await process.broker.append(id, belief.fence, repeated)).toBe(session.events.length);
    if (entry === undefined || request === undefined) return;
    expect(session.accepted.get(request)).toBe(false);
    session.accepted.set(request, true);
    belief.entries.delete(entry);
    const again = await process.broker.append(id, belief.fence, { stream: 0, json, settles: entry });
    expect(again).toBe('settled');
}

async function claim(real: Real, process: TestProcess, id: string, session: ModelSession) {
    const claimed = await process.broker.claim(id);
    const owner = [...real.beliefs].find(([, beliefs]) => {
        const belief = beliefs.get(id);
        return belief && mayWrite(session, belief);
    })?.[0];
    const isTaken = owner !== undefined && owner !== process && real.alive.includes(owner);
    if (!session.isOpen || isTaken) {
        expect(claimed).toBeUndefined();
        return;
    }
    // A crashed owner has its session until its lease ends.
    if (!claimed && owner !== undefined && owner !== process) return;
    session.fence += 1;
    session.isFree = false;
    expect(claimed?.fence).toBe(session.fence);
    real.beliefs.get(process)?.set(id, { fence: session.fence, entries: new Map(), after: 0 });
}

async function release(process: TestProcess, id: string, session: ModelSession, belief: Belief) {
    await process.broker.release(id, belief.fence);
    if (mayWrite(session, belief)) session.isFree = true;
}

/** One step of a run: the numbers choose the process, the session and a position among those that there are. */
export const steps: fc.Arbitrary<Step> = fc
    .record({
        kind: fc.constantFrom(
            'open',
            'accept',
            'accept',
            'cancel',
            'take',
            'append',
            'append',
            'claim',
            'release',
            'end',
            'hold',
            'unhold',
            'endIfUnheld',
            'read',
            'late',
            'crash',
            'lease'
        ),
        process: fc.nat(3),
        session: fc.nat(3),
        position: fc.nat(6)
    })
    .map(({ kind, ...numbers }) => {
        const step: Step = async (model, real) => {
            const process = pick(real.alive, numbers.process);
            const [id, session] = pick([...model.sessions], numbers.session) ?? [];
            if (!process) return;
            if (kind === 'open') return open(model, real, process);
            if (kind === 'crash') return crash(real, process);
            if (kind === 'lease') return real.hub.passLease();
            if (id === undefined || session === undefined) return;
            const belief = real.beliefs.get(process)?.get(id);
            if (kind === 'accept') return accept(model, real, process, id, session);
            if (kind === 'cancel') {
                const unsettled = [...session.accepted]
                    .filter(([, isSettled]) => !isSettled)
                    .map(([request]) => request);
                return accept(model, real, process, id, session, pick(unsettled, numbers.position));
            }
            if (kind === 'claim') return claim(real, process, id, session);
            if (kind === 'read') return read(process, id, session, numbers.position);
            if (kind === 'hold') return hold(process, id, session);
            if (kind === 'unhold') return unhold(process, id, session, numbers.position);
            if (kind === 'endIfUnheld' && numbers.position < 2) return endIfUnheld(real, process, id, session);
            if (kind === 'end' && numbers.position === 0) return end(process, id, session);
            if (kind === 'late') return writeLate(real, numbers.process, id, session);
            if (!belief) return;
            if (kind === 'take') return takeInbox(process, id, session, belief);
            if (kind === 'append') return append(process, id, session, belief);
            if (kind === 'release') return release(process, id, session, belief);
        };
        return Object.assign(step, { toString: () => `${kind} ${JSON.stringify(numbers)}` });
    });

/** Its reports stop, and it does nothing more, except that a write of it may still be under way. */
async function crash(real: Real, process: TestProcess) {
    if (real.alive.length === 1) return;
    process.stop();
    real.alive.splice(real.alive.indexOf(process), 1);
}

/** A process that has crashed, or was only stopped, writes with its fence. */
async function writeLate(real: Real, index: number, id: string, session: ModelSession) {
    const process = pick(
        real.processes.filter(other => !real.alive.includes(other)),
        index
    );
    const belief = process && real.beliefs.get(process)?.get(id);
    if (process && belief) await append(process, id, session, belief);
}

/**
 * Runs steps on new processes. In the end, the living ones do what they were woken for: then each accepted request of a
 * session that is open is settled once, and the events are those that were appended.
 */
export async function runSteps(hub: TestHub, run: readonly Step[]): Promise<void> {
    const processes = [await hub.join(), await hub.join(), await hub.join()];
    const beliefs = new Map(processes.map(process => [process, new Map<string, Belief>()]));
    const real: Real = { hub, processes, beliefs, alive: [...processes] };
    const model = new Model();
    for (const step of run) await step(model, real);

    await hub.passLease();
    await hub.passLease();
    for (const [id, session] of model.sessions) {
        if (!session.isOpen) continue;
        if (session.lastHolder && !real.alive.includes(session.lastHolder)) {
            await Promise.race(real.alive.map(process => process.woken(id, 'left')));
        }
        if ([...session.accepted.values()].includes(false)) await finish(model, real, id, session);
        const all = await real.alive[0]?.broker.read(id, 0, 0, 1000);
        expect(all).toMatchObject({ events: session.events.map(json => ({ json })) });
        for (const json of session.events) expect(json).toContain(id);
        expect([...session.accepted.values()]).not.toContain(false);
    }
}

/** A living process has a reason to look: it owns the session, or it was woken for it. It answers all that waits. */
async function finish(_model: Model, real: Real, id: string, session: ModelSession) {
    const process = real.alive.find(other => {
        const belief = real.beliefs.get(other)?.get(id);
        return belief && mayWrite(session, belief);
    });
    if (!process) await Promise.race(real.alive.map(other => other.woken(id, 'orphaned')));
    const owner = process ?? (real.alive[0] as TestProcess);
    if (!process) await claim(real, owner, id, session);
    const belief = real.beliefs.get(owner)?.get(id) as Belief;
    await takeInbox(owner, id, session, belief);
    while (belief.entries.size > 0) await append(owner, id, session, belief);
}
