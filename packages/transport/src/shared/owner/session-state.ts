import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { JSONRPCRequest, MessageExtraInfo, Result } from '@modelcontextprotocol/sdk/types.js';
import type { SessionState } from '../../broker/broker.ts';
import { toEnvelope } from './envelope.ts';

/** Most subscriptions that the next owner is told. A client that has more subscribes again when its server has stopped. */
const MAX_SETTINGS = 1000;

/** What the next owner of a session has to know to make its MCP server again. */
export class StateOfSession {
    /** The client's `initialize` request; undefined before its server has accepted it. */
    initialize: JSONRPCRequest | undefined;
    /** The negotiated revision. */
    protocolVersion: string | undefined;
    /** The client that opened the session, without its token. */
    authInfo: AuthInfo | undefined;
    /** Requests that set a state, as envelopes, by what they set. */
    readonly #settings = new Map<string, string>();

    /** The requests that set a state, as envelopes, in the order in which they came. */
    get settings(): string[] {
        return [...this.#settings.values()];
    }

    static fromBroker({ initialize, settings }: SessionState): StateOfSession {
        const state = new StateOfSession();
        if (initialize !== undefined) {
            [state.initialize, state.protocolVersion, state.authInfo] = JSON.parse(initialize);
        }
        for (const envelope of settings) {
            const [request] = JSON.parse(envelope) as [JSONRPCRequest];
            const { key } = toSetting(request) ?? {};
            if (key !== undefined) state.#settings.set(key, envelope);
        }
        return state;
    }

    toBroker(): SessionState {
        const { initialize, protocolVersion, authInfo, settings } = this;
        return { ...(initialize && { initialize: JSON.stringify([initialize, protocolVersion, authInfo]) }), settings };
    }

    /** Notes what a request that its server has done means for the next owner. Returns whether that changed. */
    note(request: JSONRPCRequest, extra: MessageExtraInfo, result: Result): boolean {
        if (request.method === 'initialize') {
            this.initialize = request;
            this.protocolVersion = String(result.protocolVersion);
            this.authInfo = extra.authInfo;
            return true;
        }
        const setting = toSetting(request);
        if (!setting) return false;
        if (!setting.isSet) return this.#settings.delete(setting.key);
        if (this.#settings.size >= MAX_SETTINGS && !this.#settings.has(setting.key)) return false;
        this.#settings.set(setting.key, toEnvelope(request, extra));
        return true;
    }
}

/** What a request sets, or ends. Undefined if it changes no state of its session. */
function toSetting({ method, params }: JSONRPCRequest): { key: string; isSet: boolean } | undefined {
    if (method === 'logging/setLevel') return { key: 'level', isSet: true };
    if (method === 'resources/subscribe') return { key: `resource ${params?.uri}`, isSet: true };
    if (method === 'resources/unsubscribe') return { key: `resource ${params?.uri}`, isSet: false };
    return undefined;
}
