import * as say from '../../../i18n/texts.ts';
import type { SessionStatus } from '../../../model/sessions.ts';
import { t } from '../../../state/language.ts';
import { RichText } from '../../parts/rich-text.tsx';

/** Says once what is not to be seen where the browser's EventSource reads the stream. */
export function ReaderNote({ sessions }: { sessions: readonly SessionStatus[] }) {
    const native = sessions.filter(({ reader }) => reader === 'native').map(({ key }) => key);
    if (native.length === 0) return null;
    const isAll = native.length === sessions.length;
    return (
        <p class="reader-note">
            <RichText text={isAll ? t(say.frames.anew) : t(say.frames.anewOf, { sessions: native.join(', ') })} />
        </p>
    );
}
