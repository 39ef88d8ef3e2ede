import type { Ledger } from '../driver/ledger.ts';
import type { Row } from '../result.ts';

export interface StormFigures {
    cuts: number;
    /** How many of the cuts came after the endpoint event, unless all did. */
    drops?: number;
    resumed: number;
    fresh: number;
    seconds: number;
    sessions: readonly { ledger: Ledger }[];
}

/** The results of a storm, for any kind of clients. */
export function toStormRows({ cuts, drops, resumed, fresh, seconds, sessions }: StormFigures): Row[] {
    const row = (id: string, what: string, ours: number, unit = '') => ({ id, what, unit, figures: { ours } });
    const sum = (pick: (ledger: Ledger) => number) => sessions.reduce((total, { ledger }) => total + pick(ledger), 0);
    return [
        row('cuts', 'streams cut', cuts),
        ...(drops === undefined ? [] : [row('drops', 'of them after the endpoint event', drops)]),
        row('resumed', 'sessions resumed', resumed),
        row('fresh', 'fresh sessions instead', fresh),
        row(
            'calls',
            'calls answered',
            sum(ledger => ledger.answered)
        ),
        row(
            'lost',
            'replies lost',
            sum(ledger => ledger.waiting)
        ),
        row(
            'twice',
            'replies twice',
            sum(ledger => ledger.twice)
        ),
        row('time', 'time', seconds, 's')
    ];
}

export const STORM_CHECKS =
    'Every reply is checked: its value, its session, and its event id, which must follow the one before by one.';
