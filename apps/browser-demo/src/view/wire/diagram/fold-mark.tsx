import * as say from '../../../i18n/texts.ts';
import { t } from '../../../state/preferences/language.ts';
import type { Label } from '../../../wire/diagram/label.ts';
import type { Fold } from '../../../wire/diagram/row.ts';

/** The chevron of a fold; while it is open, a line along its rows. A click on either folds them again. */
export function FoldMark({ fold, label }: { fold: Fold; label: Label }) {
    if (!fold.isOpen) return <span class="seq-chevron">▸</span>;
    return (
        <span class="seq-open-fold" data-fold={fold.id} title={t(say.diagram.fold)}>
            {label.fold && '▾'}
        </span>
    );
}
