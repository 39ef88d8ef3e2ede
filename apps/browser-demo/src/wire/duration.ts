import { type Message, message } from '../i18n/i18n.ts';
import * as say from '../i18n/texts.ts';

/** A duration, rounded for display. */
export function toDuration(ms: number): Message {
    if (ms < 999.5) return message(say.duration.ms, { ms: Math.max(0, Math.round(ms)) });
    const tenths = Math.round(ms / 100);
    if (tenths < 600) return message(say.duration.s, { whole: Math.floor(tenths / 10), tenth: tenths % 10 });
    const seconds = Math.round(ms / 1000);
    return message(say.duration.min, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}
