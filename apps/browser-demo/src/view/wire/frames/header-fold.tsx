import type { Signal } from '@preact/signals';
import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { HeaderGroup } from '../../../wire/headers.ts';
import { RichText } from '../../parts/rich-text.tsx';
import { set } from '../../parts/signals.ts';
import { Marked } from './marked.tsx';

/** The headers of a request and of its response, folded at first; and a sentence where the browser hides some. */
export function HeaderFold({ groups, isOpen }: { groups: readonly HeaderGroup[]; isOpen: Signal<boolean> }) {
    if (groups.length === 0) return null;
    return (
        <details class="headers" open={isOpen.value} onToggle={({ currentTarget }) => set(isOpen, currentTarget.open)}>
            <summary>{t(say.headers.fold)}</summary>
            {isOpen.value &&
                groups.map(({ side, fields, note }) => (
                    <div key={side}>
                        <p class="headers-side">{t(say.headers[side])}</p>
                        {fields.length > 0 && (
                            <ul class="header-fields">
                                {fields.map(([name, value]) => (
                                    <li key={name}>
                                        <Marked text={`${name}: ${value}`} />
                                    </li>
                                ))}
                            </ul>
                        )}
                        <p class="headers-note">
                            <RichText text={t(say.headers[note])} />
                        </p>
                    </div>
                ))}
        </details>
    );
}
