import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';

/** What goes wrong in the field, to be tried here: a button and an explanation each. */
export function TroublePanel({ page }: { page: Page }) {
    void page;
    return <p class="empty">{t('trouble.intro')}</p>;
}
