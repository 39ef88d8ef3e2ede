import { expect, test } from 'vitest';
import { createFaultRun } from '../../../src/state/faults/fault-run.ts';
import { createRecordStore } from '../../../src/state/wire/record.ts';
import { settled } from '../../mcp/session/fake-server.ts';

function createTried() {
    const record = createRecordStore(
        () => 0,
        () => {}
    );
    const trial = createFaultRun(record, session => session === 'A');
    return { trial, wire: record.wire };
}

test('a run collects the steps of its own session until act is done', async () => {
    const { trial, wire } = createTried();
    const run = trial.run(['dropped', 'resumed'], until => until(['resumed']));
    wire.record('B', { kind: 'resumed' });
    wire.record('A', { kind: 'dropped' });
    wire.record('A', { kind: 'opened', lastEventId: '' });
    await settled();
    expect(trial.state.value.status).toBe('running');
    wire.record('A', { kind: 'resumed' });
    await run;
    wire.record('A', { kind: 'dropped' });
    expect(trial.state.value).toMatchObject({ status: 'over', steps: [{ kind: 'dropped' }, { kind: 'resumed' }] });
    expect(trial.state.value.steps).toHaveLength(2);
});

test('a failed run has a reason, and the next run starts empty', async () => {
    const { trial } = createTried();
    await trial.run([], async () => {
        throw new Error('the server answered 404');
    });
    expect(trial.state.value).toEqual({ status: 'over', steps: [], reason: 'the server answered 404' });
    const answer = { status: 401, statusText: '', challenge: 'Bearer', text: '' };
    await trial.run([], async () => answer);
    expect(trial.state.value).toEqual({ status: 'over', steps: [], answer });
});

test('a run in progress is not started again', async () => {
    const { trial, wire } = createTried();
    const first = trial.run([], until => until(['dropped'], 2));
    let begun = false;
    await trial.run([], async () => {
        begun = true;
    });
    wire.record('A', { kind: 'dropped' });
    await settled();
    expect([begun, trial.state.value.status]).toEqual([false, 'running']);
    wire.record('A', { kind: 'dropped' });
    await first;
    expect(trial.state.value.status).toBe('over');
});
