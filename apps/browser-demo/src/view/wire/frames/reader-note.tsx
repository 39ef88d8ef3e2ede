import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { SessionStatus } from '../../../wire/status/session-status.ts';
import { RichText } from '../../parts/rich-text.tsx';

/** Says what EventSource does not report. */
export function ReaderNote({ sessions }: { sessions: readonly SessionStatus[] }) {
    const native = sessions.filter(({ reader }) => reader === 'native').map(({ key }) => key);
    if (native.length === 0) return null;
    return (
        <p class="reader-note">
            <RichText text={t(say.frames.anew, { sessions: native.join(', ') })} />
        </p>
    );
}
