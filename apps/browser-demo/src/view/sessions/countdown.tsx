import { language, translate } from '../../state/preferences/language.ts';
import type { RecordStore } from '../../state/wire/record.ts';
import type { SessionStatus } from '../../wire/status/session-status.ts';
import { countdownText } from './countdown-text.ts';
import { useNow } from './use-now.ts';

const TENTH_MS = 100;
const CALM_MS = 500;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * The countdown until the stream is opened again. It is shown only while the stream is down, and screen readers do not
 * announce it.
 */
export function Countdown({ status, record }: { status: SessionStatus; record: RecordStore }) {
    const isCalm = calm.matches;
    const now = useNow(record.now, isCalm ? CALM_MS : TENTH_MS);
    return (
        <p class="countdown" role="timer" aria-live="off">
            {translate(countdownText(status, { now, language: language.value, isCalm }))}
        </p>
    );
}
