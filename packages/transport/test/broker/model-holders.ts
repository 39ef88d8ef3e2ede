import { expect } from 'vitest';
import type { ModelSession, Real } from './model-session.ts';
import type { TestProcess } from './test-hub.ts';

export async function hold(process: TestProcess, id: string, session: ModelSession) {
    const hold = await process.broker.hold(id, 0);
    if (!session.isOpen) expect(hold).toBe('unknown');
    else expect(hold).toMatchObject({ position: session.sent });
    session.holder = process;
    session.lastHolder = process;
}

export async function unhold(process: TestProcess, id: string, session: ModelSession, position: number) {
    await process.broker.unhold(id, 0, position);
    if (session.holder !== process) return;
    session.holder = undefined;
    session.sent = position;
}

export async function endIfUnheld(real: Real, process: TestProcess, id: string, session: ModelSession) {
    const outcome = await process.broker.endIfUnheld(id, 'test');
    if (!session.isOpen) expect(outcome).toBe('unknown');
    else if (!session.holder) expect(outcome).toBe('ended');
    else if (real.alive.includes(session.holder)) expect(outcome).toBe('held');
    // A crashed holder counts until its lease ends.
    if (outcome === 'ended') session.isOpen = false;
}

export async function end(process: TestProcess, id: string, session: ModelSession) {
    await process.broker.end(id, 'test');
    session.isOpen = false;
}

export async function read(process: TestProcess, id: string, session: ModelSession, after: number) {
    const reading = await process.broker.read(id, 0, after, 3);
    const last = session.events.length;
    if (!session.isOpen) expect(reading).toBe('unknown');
    else if (after > last) expect(reading).toBe('future');
    else {
        const all = session.events.map((json, index) => ({ position: index + 1, json }));
        expect(reading).toEqual({ events: all.slice(after, after + 3), last, ended: false });
    }
}
