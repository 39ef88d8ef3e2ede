import { startServer } from '../child.ts';
import { everything, transportAlone } from '../environments.ts';
import { type Lane, openLane, runRounds } from '../lanes.ts';
import type { Row, Section } from '../result.ts';
import { differences, type Spread, spread } from '../statistics.ts';

const { MCP_AUTH_TOKEN, RATE_LIMIT } = everything;

/** CPU time that each check adds to a call of `add`, of those that a server on the internet cannot do without. */
export const measureChecks: Section = async ({ quick, progress }) => {
    const rounds = quick ? 5 : 15;
    const calls = quick ? 2_000 : 4_000;
    await using noneServer = await startServer('ours', transportAlone);
    await using tokenServer = await startServer('ours', { ...transportAlone, MCP_AUTH_TOKEN });
    await using rateServer = await startServer('ours', { ...transportAlone, RATE_LIMIT });
    await using logServer = await startServer('ours', { ...transportAlone, LOG_LEVEL: 'info' });
    await using metricsServer = await startServer('ours', { ...transportAlone, METRICS: 'on' });
    await using allServer = await startServer('ours', everything);
    using without = await openLane(noneServer);
    using token = await openLane(tokenServer);
    using rate = await openLane(rateServer);
    using log = await openLane(logServer);
    using metrics = await openLane(metricsServer);
    using all = await openLane(allServer);
    const lanes = [without, token, rate, log, metrics, all];
    await runRounds(lanes, { rounds, calls, progress: text => progress(`checks: ${text}`) });

    const row = (id: string, what: string, figure: Spread): Row => ({
        id,
        what,
        unit: 'µs',
        figures: { ours: figure }
    });
    const added = ({ perCall }: Lane) => spread(differences(perCall, without.perCall));
    return {
        name: 'checks',
        title: `What is added to the CPU for a call of add: ${rounds} rounds of ${calls} calls each`,
        rows: [
            row('without', 'CPU for a call without any of it', spread(without.perCall)),
            row('token', 'added by a token', added(token)),
            row('rate-limit', 'added by the rate limit', added(rate)),
            row('log', 'added by a log line for each call', added(log)),
            row('metrics', 'added by metrics', added(metrics)),
            row('all', 'added by all of it', added(all))
        ],
        notes: ['Differences are taken within a round; medians over the rounds, (min–max). The log goes to a file.']
    };
};
