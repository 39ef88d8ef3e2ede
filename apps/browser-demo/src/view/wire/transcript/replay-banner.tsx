import { useSignal } from '@preact/signals';
import * as say from '../../../i18n/texts.ts';
import type { Page } from '../../../state/page.ts';
import { language, t } from '../../../state/preferences/language.ts';
import type { ReplayStore } from '../../../state/wire/replay.ts';

const SPEEDS = [0.5, 1, 2, 10, Number.POSITIVE_INFINITY];

/** Says that a replay is shown, with its controls. */
export function ReplayBanner({ page, replay }: { page: Page; replay: ReplayStore }) {
    const chosen = useSignal(replay.speed.value || 1);
    const hasEnded = replay.hasEnded.value;
    const isPlaying = !hasEnded && replay.speed.value > 0;
    const press = (): void => {
        if (hasEnded) page.startReplay(replay.file, chosen.value);
        else replay.setSpeed(isPlaying ? 0 : chosen.value);
    };
    const choose = (speed: number): void => {
        chosen.value = speed;
        if (isPlaying) replay.setSpeed(speed);
    };
    return (
        <div class="replay-banner">
            <p>
                <strong>{t(say.replay.heading, { name: replay.file.name })}</strong>{' '}
                {hasEnded ? t(say.replay.ended) : t(say.replay.live)}
            </p>
            <button type="button" onClick={press}>
                {hasEnded ? t(say.replay.again) : isPlaying ? t(say.toolbar.pause) : t(say.replay.play)}
            </button>
            <label>
                {t(say.replay.speed)}
                <select
                    value={String(chosen.value)}
                    onChange={({ currentTarget }) => choose(Number(currentTarget.value))}
                >
                    {SPEEDS.map(speed => (
                        <option key={speed} value={String(speed)}>
                            {Number.isFinite(speed)
                                ? `${speed.toLocaleString(language.value)} ×`
                                : t(say.replay.atOnce)}
                        </option>
                    ))}
                </select>
            </label>
            <button
                type="button"
                onClick={() => {
                    page.endReplay();
                    // The button disappears, so the focus must move.
                    document.getElementById('wire-heading')?.focus();
                }}
            >
                {t(say.replay.end)}
            </button>
        </div>
    );
}
