import { everything, transportAlone } from '../environments.ts';
import { type Lane, runRounds, startLane } from '../lanes.ts';
import type { Row, Section } from '../result.ts';

const { MCP_AUTH_TOKEN, RATE_LIMIT } = everything;

/** CPU time that each check adds to a call of `add`, of those that a server on the internet cannot do without. */
export const measureChecks: Section = async ({ quick, progress }) => {
    const rounds = quick ? 10 : 40;
    const calls = 2_000;
    await using without = await startLane('ours', transportAlone);
    await using token = await startLane('ours', { ...transportAlone, MCP_AUTH_TOKEN });
    await using rate = await startLane('ours', { ...transportAlone, RATE_LIMIT });
    await using log = await startLane('ours', { ...transportAlone, LOG_LEVEL: 'info' });
    await using metrics = await startLane('ours', { ...transportAlone, METRICS: 'on' });
    await using all = await startLane('ours', everything);
    const lanes = [without, token, rate, log, metrics, all];
    await runRounds(lanes, { rounds, calls, progress: text => progress(`checks: ${text}`) });

    const least = ({ perCall }: Lane) => Math.min(...perCall);
    const row = (id: string, what: string, figure: number): Row => ({
        id,
        what,
        unit: 'µs',
        figures: { ours: figure }
    });
    const added = (lane: Lane) => least(lane) - least(without);
    return {
        name: 'checks',
        title: `What is added to the CPU for a call of add: the least of ${rounds} rounds of ${calls} calls each`,
        rows: [
            row('without', 'CPU for a call without any of it', least(without)),
            row('token', 'added by a token', added(token)),
            row('rate-limit', 'added by the rate limit', added(rate)),
            row('log', 'added by a log line for each call', added(log)),
            row('metrics', 'added by metrics', added(metrics)),
            row('all', 'added by all of it', added(all))
        ],
        notes: [
            'What else the machine does adds more to a round than any check, and never takes from it: hence the least.',
            'The log goes to a file.'
        ]
    };
};
