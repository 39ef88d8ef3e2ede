import { translate } from '../../../state/preferences/language.ts';
import { sentenceOf } from '../../../wire/diagram/sentence.ts';
import type { RowContents } from './row-contents.ts';
import { RowPicture } from './row-picture.tsx';

/** A row in words and as a picture. It is rendered again for new contents, and when the language changes. */
export function RowContent({ contents }: { contents: RowContents }) {
    const { row, label, hasBadges } = contents;
    const [entry] = row.entries;
    const session = hasBadges ? row.sessions.join(', ') : undefined;
    return (
        <>
            <span class="visually-hidden">{translate(sentenceOf(entry, label, session))}</span>
            {/* An `aria-label` would have to repeat the visible text word for word. */}
            <span aria-hidden="true" title={label.reach && translate(label.reach)}>
                <RowPicture {...contents} />
            </span>
        </>
    );
}
