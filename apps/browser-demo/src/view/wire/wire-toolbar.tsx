import { t } from '../../state/language.ts';
import type { Page } from '../../state/page.ts';
import type { RecordStore } from '../../state/record.ts';
import type { WireView } from '../../state/wire-view.ts';

interface WireToolbarProps {
    page: Page;
    record: RecordStore;
    view: WireView;
}

/** What of the wire is shown, and what else can be done with it. */
export function WireToolbar({ record }: WireToolbarProps) {
    return (
        <div class="wire-toolbar">
            <button type="button" class="quiet" onClick={record.wire.clear}>
                {t('wire.clear')}
            </button>
        </div>
    );
}
