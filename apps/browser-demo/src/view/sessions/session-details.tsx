import { useId } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { prettyJson } from '../../mcp/json-rpc.ts';
import { CLIENT_CAPABILITIES } from '../../mcp/session/server-info.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { QuietButton } from '../parts/quiet-button.tsx';
import { RichText } from '../parts/rich-text.tsx';

/** A button that shows what both sides agreed on in the handshake. */
export function SessionDetails({ connection }: { connection: Connection }) {
    const id = useId();
    const { key, catalog } = connection;
    const state = connection.state.value;
    // Kept while the stream is down.
    const server = catalog.capabilities.value;
    const title = t(say.details.title, { key });
    return (
        <>
            <QuietButton popovertarget={id} aria-label={t(say.details.button, { key })}>
                {t(say.details.open)}
            </QuietButton>
            <section id={id} class="session-details" popover="auto" aria-label={title}>
                <h2>{title}</h2>
                {state.status === 'connected' && (
                    <p>
                        {t(say.details.version)} <code>{state.protocolVersion}</code>
                    </p>
                )}
                <p>{t(say.details.server)}</p>
                <pre>{prettyJson(server)}</pre>
                <p>{t(say.details.client)}</p>
                <pre>{prettyJson(CLIENT_CAPABILITIES)}</pre>
                <p class="help">
                    <RichText text={t(say.details.help)} />
                </p>
            </section>
        </>
    );
}
