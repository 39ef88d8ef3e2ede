import { useSignal } from '@preact/signals';
import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import { toDuration } from '../../../wire/duration.ts';
import { QuietButton } from '../../parts/quiet-button.tsx';
import { set } from '../../parts/signals.ts';
import type { LatencyProps } from './latency-strip.tsx';

const columns = ['session', 'method', 'time', 'outcome'] as const;

/** The calls as a table, newest first. It is rendered only while open. */
export function LatencyTable({ summary, selected, colourOf }: LatencyProps) {
    const isOpen = useSignal(false);
    return (
        <details onToggle={({ currentTarget }) => set(isOpen, currentTarget.open)}>
            <summary>{t(say.latency.table)}</summary>
            {isOpen.value && (
                <div class="latency-scroll">
                    <table>
                        <thead>
                            <tr>
                                {columns.map(column => (
                                    <th key={column} scope="col">
                                        {t(say.latency[column])}
                                    </th>
                                ))}
                            </tr>
                        </thead>
                        <tbody>
                            {[...summary.points].reverse().map(({ seq, session, method, ms, isError }) => (
                                <tr key={seq} data-colour={colourOf(session)}>
                                    <td>
                                        <span class="session-letter">{session}</span>
                                    </td>
                                    <td>
                                        <QuietButton
                                            aria-pressed={selected.value === seq}
                                            onClick={() => set(selected, seq)}
                                        >
                                            {method}
                                        </QuietButton>
                                    </td>
                                    <td class="number">{translate(toDuration(ms))}</td>
                                    <td>{t(isError ? say.latency.error : say.latency.result)}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
        </details>
    );
}
