import { type Message, message } from '../i18n/i18n.ts';
import * as say from '../i18n/texts.ts';
import { initialized, queued, replayed, replied, resumed, stalled, survived, updated, type Watcher } from './watch.ts';

/** A part of a step. */
interface Stage {
    /** What to point at until it is done: the names of elements (`data-tour`). The first one that is visible counts. */
    readonly targets: readonly string[];
    readonly until: Watcher;
}

/** A step of the tour. It is done when all its stages are, in any order. */
export interface TourStep {
    readonly id: keyof typeof say.tourStep;
    readonly title: Message;
    /** What to do. */
    readonly act: Message;
    /** What to see, and why it is so. */
    readonly see: Message;
    readonly stages: readonly Stage[];
    /** Whether the server must inject a fault. */
    readonly needsFaults?: boolean;
}

/** Where to look at what happened. */
export const OUTCOME: readonly string[] = ['diagram', 'view-wire'];

const ADD = ['tool-add', 'tab-tools', 'view-tools'];
const faults = message(say.heading.faults);

export const tourSteps: readonly TourStep[] = [
    {
        id: 'handshake',
        title: message(say.tourStep.handshake.title),
        act: message(say.tourStep.handshake.act, {
            diagram: message(say.diagram.label),
            disconnect: message(say.sessions.disconnect),
            connect: message(say.sessions.connect)
        }),
        see: message(say.tourStep.handshake.see),
        stages: [{ targets: OUTCOME, until: initialized() }]
    },
    {
        id: 'call',
        title: message(say.tourStep.call.title),
        act: message(say.tourStep.call.act, { tab: message(say.heading.tools), button: message(say.tools.call) }),
        see: message(say.tourStep.call.see),
        stages: [{ targets: ADD, until: replied('tools/call', 'stream') }]
    },
    {
        id: 'sessions',
        title: message(say.tourStep.sessions.title),
        act: message(say.tourStep.sessions.act, { button: message(say.sessions.add) }),
        see: message(say.tourStep.sessions.see),
        stages: [
            { targets: ['add-session'], until: initialized(2) },
            { targets: ADD, until: replied('tools/call', 'stream', 2) }
        ]
    },
    faultStep('stall', stalled),
    {
        id: 'clock',
        title: message(say.tourStep.clock.title),
        act: message(say.tourStep.clock.act, {
            tab: message(say.heading.resources),
            button: message(say.subscription.start)
        }),
        see: message(say.tourStep.clock.see),
        stages: [{ targets: ['resource-clock', 'tab-resources', 'view-tools'], until: updated }]
    },
    faultStep('drop', resumed),
    faultStep('outage', survived),
    {
        id: 'connectionLimit',
        title: message(say.fault.connectionLimit.title),
        act: message(say.tourStep.connectionLimit.act, {
            tab: faults,
            card: message(say.fault.connectionLimit.title),
            button: message(say.fault.connectionLimit.button),
            close: message(say.fault.connectionLimit.closeOne)
        }),
        see: message(say.tourStep.connectionLimit.see),
        stages: [{ targets: ['fault-connectionLimit', 'tab-faults', 'view-tools'], until: queued }]
    },
    {
        id: 'streamable',
        title: message(say.tourStep.streamable.title),
        act: message(say.tourStep.streamable.act, {
            button: message(say.sessions.add),
            transport: message(say.sessions.streamable)
        }),
        see: message(say.tourStep.streamable.see),
        stages: [
            { targets: ['add-session'], until: replied('initialize', 'response') },
            { targets: ADD, until: replied('tools/call', 'response') }
        ]
    },
    {
        id: 'transcript',
        title: message(say.tourStep.transcript.title),
        act: message(say.tourStep.transcript.act, {
            menu: message(say.toolbar.transcript),
            download: message(say.toolbar.download),
            open: message(say.toolbar.open)
        }),
        see: message(say.tourStep.transcript.see, { end: message(say.replay.end) }),
        stages: [{ targets: ['transcript', 'view-wire'], until: replayed }]
    }
];

/** A step about one card on the tab of faults, with the name of the card. */
function faultStep(id: 'stall' | 'drop' | 'outage', until: Watcher): TourStep {
    const card = message(say.fault[id].title);
    return {
        id,
        title: card,
        act: message(say.tour.onCard, { tab: faults, card, button: message(say.fault[id].button) }),
        see: message(say.tourStep[id].see),
        stages: [{ targets: [`fault-${id}`, 'tab-faults', 'view-tools'], until }],
        needsFaults: true
    };
}
