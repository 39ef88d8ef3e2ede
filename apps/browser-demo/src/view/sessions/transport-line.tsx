import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';

/** The transport of a session, and the version of the protocol once both sides have agreed on one. */
export function TransportLine({ connection }: { connection: Connection }) {
    const { transport } = connection;
    const state = connection.state.value;
    return (
        <p class="transport">
            <span>{t(say.sessions[transport])}</span>
            {transport === 'sse' && <em title={t(say.sessions.deprecatedWhy)}>{t(say.sessions.deprecated)}</em>}
            {state.status === 'connected' && <code title={t(say.sessions.version)}>{state.protocolVersion}</code>}
        </p>
    );
}
