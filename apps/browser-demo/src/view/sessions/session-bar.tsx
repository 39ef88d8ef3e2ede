import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import type { TransportKind } from '../../mcp/transport/transport.ts';
import type { Page, SessionChoice } from '../../state/page.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { QuietButton } from '../parts/quiet-button.tsx';
import { set, toggle } from '../parts/signals.ts';
import { AddServerForm } from './add-server-form.tsx';
import { SessionCard } from './session-card.tsx';

/** The sessions of this page, and the buttons to add one. */
export function SessionBar({ page, hidden }: { page: Page; hidden: boolean }) {
    const formId = useId();
    const isAsking = useSignal(false);
    const bar = useRef<HTMLElement>(null);
    const addButton = useRef<HTMLButtonElement>(null);
    const anotherButton = useRef<HTMLButtonElement>(null);
    const connections = page.connections.value;

    const transport = useSignal<TransportKind>('sse');
    const add = (options: SessionChoice): void => {
        const connection = page.add(options);
        page.select(connection);
        void page.start(connection);
    };
    const closeForm = (): void => {
        anotherButton.current?.focus();
        isAsking.value = false;
    };
    /** The focus is within the card. It moves to the neighbour, or to the button that adds a session. */
    const remove = (connection: Connection): void => {
        const at = connections.indexOf(connection);
        const neighbour = connections[at + 1] ?? connections[at - 1];
        const target = neighbour && bar.current?.querySelector<HTMLElement>(`.choose[data-key="${neighbour.key}"]`);
        (target ?? addButton.current)?.focus();
        page.remove(connection);
    };

    return (
        <section ref={bar} class="sessions" aria-label={t(say.sessions.label)} hidden={hidden}>
            {connections.length === 0 && <p class="empty">{t(say.sessions.none)}</p>}
            {connections.length > 0 && (
                <ul class="session-cards">
                    {connections.map(connection => (
                        <SessionCard
                            key={connection.key}
                            page={page}
                            connection={connection}
                            onOpen={add}
                            onRemove={() => remove(connection)}
                        />
                    ))}
                </ul>
            )}
            <div class="session-add">
                <div class="add-own" data-tour="add-session">
                    <button ref={addButton} type="button" onClick={() => add({ transport: transport.value })}>
                        {t(say.sessions.add)}
                    </button>
                    <select
                        aria-label={t(say.sessions.transport)}
                        value={transport.value}
                        onChange={({ currentTarget }) => set(transport, currentTarget.value as TransportKind)}
                    >
                        <option value="sse">{t(say.sessions.sse)}</option>
                        <option value="streamable">{t(say.sessions.streamable)}</option>
                    </select>
                </div>
                <QuietButton
                    ref={anotherButton}
                    aria-expanded={isAsking.value}
                    aria-controls={isAsking.value ? formId : undefined}
                    onClick={() => toggle(isAsking)}
                >
                    {t(say.sessions.another)}
                </QuietButton>
            </div>
            {isAsking.value && (
                <AddServerForm
                    id={formId}
                    streamUrl={page.streamUrl}
                    onCancel={closeForm}
                    onAdd={choice => {
                        closeForm();
                        add(choice);
                    }}
                />
            )}
        </section>
    );
}
