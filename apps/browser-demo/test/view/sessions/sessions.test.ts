import { describe, expect, test } from 'vitest';
import { formatMessage, type Language } from '../../../src/i18n/i18n.ts';
import { countdownText } from '../../../src/view/sessions/countdown-text.ts';
import { phaseOf } from '../../../src/view/sessions/phase.ts';
import { createSessions } from '../../../src/wire/status/session-status.ts';
import { createRecord } from '../../wire/record.ts';

describe('the countdown', () => {
    const open = () => {
        const { wire, now, pass } = createRecord();
        const sessions = createSessions(wire);
        wire.record('a', { kind: 'connecting', url: 'http://calc.test/sse', reader: 'raw' });
        const text = (language: Language = 'en', isCalm = false): string => {
            const status = sessions.get('a');
            if (!status) throw new Error('there is no session a');
            return formatMessage(language, countdownText(status, { now: now(), language, isCalm }));
        };
        return { wire, pass, text };
    };

    test('is approximate if the time is assumed, and exact if the server sent it', () => {
        const { wire, pass, text } = open();
        wire.record('a', { kind: 'dropped' });
        expect(text()).toBe('reconnects in about 2.0 s');
        pass(620);
        expect(text()).toBe('reconnects in about 1.4 s');
        wire.record('a', { kind: 'retry', ms: 3000, raw: 'retry: 3000\n\n' });
        expect(text()).toBe('reconnects in 2.4 s');
    });

    test('is never 0 before the time is over, and then says now', () => {
        const { wire, pass, text } = open();
        wire.record('a', { kind: 'dropped' });
        pass(1999);
        expect(text()).toBe('reconnects in about 0.1 s');
        pass(1);
        expect(text()).toBe('reconnecting now');
        pass(5000);
        expect(text()).toBe('reconnecting now');
        // Open again, but the endpoint has not arrived.
        wire.record('a', { kind: 'opened', lastEventId: '' });
        expect(text()).toBe('reconnecting now');
    });

    test('uses the number format of the language, and whole seconds for reduced motion', () => {
        const { wire, pass, text } = open();
        wire.record('a', { kind: 'dropped' });
        pass(620);
        expect(text('fr')).toBe('reconnexion dans 1,4 s environ');
        expect(text('en', true)).toBe('reconnects in about 2 s');
    });
});

test.each([
    ['disconnected', undefined, 'closed'],
    ['disconnected', 'open', 'closed'],
    ['connecting', undefined, 'connecting'],
    // It is connected again, but the record does not have it yet.
    ['connecting', 'closed', 'connecting'],
    ['connecting', 'dropped', 'dropped'],
    // The handshake is in progress.
    ['connecting', 'open', 'connecting'],
    ['reconnecting', 'open', 'connecting'],
    ['reconnecting', 'dropped', 'dropped'],
    ['connected', 'open', 'open'],
    ['connected', 'resumed', 'resumed']
] as const)('what is %s, and %s by the record, is shown as %s', (status, recorded, shown) => {
    expect(phaseOf({ status }, recorded)).toBe(shown);
});
