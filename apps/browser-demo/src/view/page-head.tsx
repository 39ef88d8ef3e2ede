import * as say from '../i18n/texts.ts';
import type { Page } from '../state/page.ts';
import { chooseLanguage, language, t } from '../state/preferences/language.ts';
import { chooseTheme, theme } from '../state/preferences/theme.ts';
import { ActionButton } from './parts/action-button.tsx';
import { QuietButton } from './parts/quiet-button.tsx';
import { RichText } from './parts/rich-text.tsx';
import { TourButton, type TourSignal } from './tour/tour-button.tsx';

/**
 * The title and the controls of the whole page: tour, presenter view, language, theme, sign-out. The language button
 * names the other language, in that language.
 */
export function PageHead({ page, tour, present }: { page: Page; tour: TourSignal; present(): void }) {
    const other = language.value === 'en' ? 'fr' : 'en';
    const otherTheme = theme.value === 'dark' ? 'light' : 'dark';
    return (
        <div class="title">
            <h1>{t(say.page.heading)}</h1>
            <p class="intro">
                <RichText text={t(say.page.intro)} />
            </p>
            {!page.question.value && (
                <>
                    <TourButton tour={tour} />
                    <QuietButton aria-keyshortcuts="P" onClick={present}>
                        {t(say.presenter.enter)}
                    </QuietButton>
                </>
            )}
            <QuietButton lang={other} onClick={() => chooseLanguage(other)}>
                {t(say.page.language)}
            </QuietButton>
            <QuietButton onClick={() => chooseTheme(otherTheme)}>{t(say.page[otherTheme])}</QuietButton>
            {page.canSignOut.value && !page.question.value && (
                <ActionButton onClick={() => void page.signOut()}>{t(say.page.signOut)}</ActionButton>
            )}
        </div>
    );
}
