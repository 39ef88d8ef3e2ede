import { titleOf } from '@calc/grader';
import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';

/**
 * The next hint of the check that failed last, from mild to full; the last one again after that.
 *
 * @param withholdsLast whether to keep back the last hint, which shows the code.
 */
export function nextHint(lesson: Lesson, context: Context, { withholdsLast = false } = {}): string {
    const { progress, texts, language } = context;
    const { lastCheck, hints = {} } = progress.of(lesson.number);
    if (lastCheck?.status === 'pass') return texts.needsNoHint(lesson.number);
    const check = lastCheck?.failure?.check ?? lesson.hints[0]?.check ?? '';
    const ofCheck = lesson.hints.filter(hint => hint.check === check);
    const shown = Math.min((hints[check] ?? 0) + 1, ofCheck.length);
    const hint = ofCheck[shown - 1];
    const title = titleOf(check)?.[language] ?? check;
    if (!hint) return texts.noHint(title);
    if (withholdsLast && shown === ofCheck.length) return texts.tutor.withheld;
    progress.update(lesson.number, { hints: { ...hints, [check]: shown } });
    return `${texts.hintOf(shown, ofCheck.length, title)}\n\n${hint[language]}`;
}
