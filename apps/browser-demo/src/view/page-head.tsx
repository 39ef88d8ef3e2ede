import { chooseForGood, language, t } from '../state/language.ts';
import { RichText } from './rich-text.tsx';

/** What the page is, and the switch of its language, which is named in the other one. */
export function PageHead() {
    const other = language.value === 'en' ? 'fr' : 'en';
    return (
        <div class="intro">
            <div class="title">
                <h1>{t('page.heading')}</h1>
                <button type="button" class="quiet" lang={other} onClick={() => chooseForGood(other)}>
                    {t('page.language')}
                </button>
            </div>
            <p>
                <RichText text={t('page.intro')} />
            </p>
        </div>
    );
}
