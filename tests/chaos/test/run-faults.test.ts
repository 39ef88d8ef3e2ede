import { expect, test } from 'vitest';
import { createRecorder } from '../src/judge/record.ts';
import { runFaults } from '../src/load/run-faults.ts';

/** Writes down what is done to a Redis whose start takes some turns. */
function createTarget(fails = false) {
    const steps: string[] = [];
    const step = (name: string) => async () => {
        steps.push(name);
        for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
        if (fails) throw new Error('address already in use');
        steps.push(`${name} is over`);
    };
    const redis = { kill: step('kill'), removeData: step('remove'), start: step('start') };
    return {
        steps,
        target: { redis, servers: [], random: () => 0, balancer: { exchanges: { cutOne() {} } } } as never
    };
}

test('a fault of Redis waits until the one before is over', async () => {
    const { steps, target } = createTarget();
    const recorder = createRecorder();
    await runFaults(
        [
            { at: 0, name: 'redis-restart' },
            { at: 0, name: 'redis-data-lost' }
        ],
        target,
        recorder
    );
    const begun = steps.filter(step => !step.endsWith('is over'));
    expect(begun).toEqual(['kill', 'start', 'kill', 'remove', 'start']);
    expect(steps).toEqual(begun.flatMap(step => [step, `${step} is over`]));
    expect(recorder.facts.map(fact => fact.kind === 'fault' && `${fact.name} ${fact.phase}`)).toEqual([
        'redis-restart begin',
        'redis-restart end',
        'redis-data-lost begin',
        'redis-data-lost end'
    ]);
});

test('a fault that cannot be carried out rejects', async () => {
    const { target } = createTarget(true);
    await expect(runFaults([{ at: 0, name: 'redis-restart' }], target, createRecorder())).rejects.toThrow('in use');
});
