import { language, translate } from '../../state/preferences/language.ts';
import type { RecordStore } from '../../state/wire/record.ts';
import type { SessionStatus } from '../../wire/session-status.ts';
import { countdownText } from './countdown-text.ts';
import { useNow } from './use-now.ts';

const TENTH_MS = 100;
const CALM_MS = 500;
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** When the stream is opened again, as it moves on. Outside of what is announced, and there only while it is dropped. */
export function Countdown({ status, record }: { status: SessionStatus; record: RecordStore }) {
    const isCalm = calm.matches;
    const now = useNow(record.now, isCalm ? CALM_MS : TENTH_MS);
    return (
        <p class="countdown" role="timer" aria-live="off">
            {translate(countdownText(status, { now, language: language.value, isCalm }))}
        </p>
    );
}
