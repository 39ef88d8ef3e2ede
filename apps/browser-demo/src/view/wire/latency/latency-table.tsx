import { type Signal, useSignal } from '@preact/signals';
import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import { toDuration } from '../../../wire/duration.ts';
import type { LatencyPoint } from '../../../wire/latency.ts';

interface LatencyTableProps {
    points: readonly LatencyPoint[];
    selected: Signal<number | undefined>;
    colourOf(session: string): number | undefined;
}

/** The calls as a table, newest first. It is rendered only while open. */
export function LatencyTable({ points, selected, colourOf }: LatencyTableProps) {
    const isOpen = useSignal(false);
    return (
        <details
            onToggle={event => {
                isOpen.value = event.currentTarget.open;
            }}
        >
            <summary>{t(say.latency.table)}</summary>
            {isOpen.value && (
                <div class="latency-scroll">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{t(say.latency.session)}</th>
                                <th scope="col">{t(say.latency.method)}</th>
                                <th scope="col">{t(say.latency.time)}</th>
                                <th scope="col">{t(say.latency.outcome)}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {[...points].reverse().map(({ seq, session, method, ms, isError }) => (
                                <tr key={seq} data-colour={colourOf(session)}>
                                    <td>
                                        <span class="session-letter">{session}</span>
                                    </td>
                                    <td>
                                        <button
                                            type="button"
                                            class="quiet"
                                            aria-pressed={selected.value === seq}
                                            onClick={() => {
                                                selected.value = seq;
                                            }}
                                        >
                                            {method}
                                        </button>
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
