import { expect, test } from 'vitest';
import { createFaultRun } from '../../../src/state/faults/fault-run.ts';
import { createRecordStore } from '../../../src/state/wire/record.ts';
import { settled } from '../../mcp/session/fake-server.ts';

function createRun() {
    const record = createRecordStore(
        () => 0,
        () => {}
    );
    const faultRun = createFaultRun(record, session => session === 'A');
    return { faultRun, wire: record.wire };
}

test('a run collects the steps of its own session until act is done', async () => {
    const { faultRun, wire } = createRun();
    const run = faultRun.run(['dropped', 'resumed'], until => until(['resumed']));
    wire.record('B', { kind: 'resumed' });
    wire.record('A', { kind: 'opened', lastEventId: '' });
    wire.record('A', { kind: 'dropped' });
    wire.record('A', { kind: 'opened', lastEventId: '' });
    await settled();
    expect(faultRun.state.value.status).toBe('running');
    wire.record('A', { kind: 'resumed' });
    await run;
    wire.record('A', { kind: 'opened', lastEventId: '' });
    wire.record('A', { kind: 'dropped' });
    expect(faultRun.state.value).toMatchObject({ status: 'over', steps: [{ kind: 'dropped' }, { kind: 'resumed' }] });
    expect(faultRun.state.value.steps).toHaveLength(2);
});

test('a failed run has a reason, and the next run starts empty', async () => {
    const { faultRun } = createRun();
    await faultRun.run([], async () => {
        throw new Error('the server answered 404');
    });
    expect(faultRun.state.value).toEqual({ status: 'over', steps: [], reason: 'the server answered 404' });
    const answer = { status: 401, statusText: '', challenge: 'Bearer', text: '' };
    await faultRun.run([], async () => answer);
    expect(faultRun.state.value).toEqual({ status: 'over', steps: [], answer });
});

test('a run in progress is not started again', async () => {
    const { faultRun, wire } = createRun();
    const first = faultRun.run([], until => until(['dropped'], 2));
    let begun = false;
    await faultRun.run([], async () => {
        begun = true;
    });
    wire.record('A', { kind: 'opened', lastEventId: '' });
    wire.record('A', { kind: 'dropped' });
    await settled();
    expect([begun, faultRun.state.value.status]).toEqual([false, 'running']);
    wire.record('A', { kind: 'opened', lastEventId: '' });
    wire.record('A', { kind: 'dropped' });
    await first;
    expect(faultRun.state.value.status).toBe('over');
});
