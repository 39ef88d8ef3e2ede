import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';

/** A view that is loaded when it is first shown, so that less is loaded when the page opens. */
export function lazy<Props extends object>(load: () => Promise<FunctionComponent<Props>>): FunctionComponent<Props> {
    const loaded = signal<FunctionComponent<Props> | 'loading' | 'failed' | undefined>(undefined);
    const start = (): void => {
        loaded.value = 'loading';
        load().then(
            view => {
                loaded.value = view;
            },
            () => {
                // A browser does not request a module again that it could not get.
                loaded.value = 'failed';
            }
        );
    };
    return function Lazy(props) {
        if (loaded.value === undefined) start();
        const View = loaded.value;
        if (typeof View === 'function') return <View {...props} />;
        if (View === 'failed') return <p class="failure">{t(say.page.notLoaded)}</p>;
        return <p class="empty">{t(say.page.loading)}</p>;
    };
}
