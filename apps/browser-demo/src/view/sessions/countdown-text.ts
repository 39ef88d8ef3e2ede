import { type Language, type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { countdownOf, type SessionStatus } from '../../wire/status/session-status.ts';

interface CountdownOptions {
    /** The time of the record, in milliseconds. */
    now: number;
    language: Language;
    /** Whether to show whole seconds only, for users who prefer reduced motion. */
    isCalm: boolean;
}

/** The time until a dropped stream is opened again. */
export function countdownText(status: SessionStatus, { now, language, isCalm }: CountdownOptions): Message {
    const left = countdownOf(status, now) ?? 0;
    if (left === 0) return message(say.sessions.reconnectsNow);
    const digits = isCalm ? 0 : 1;
    const step = isCalm ? 1000 : 100;
    // Rounded up, so that it is never 0 before the time is over.
    const rounded = (Math.ceil(left / step) * step) / 1000;
    const seconds = rounded.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const { basis } = status.retry;
    return message(basis === 'told' ? say.sessions.reconnectsIn : say.sessions.reconnectsInAbout, { seconds });
}
