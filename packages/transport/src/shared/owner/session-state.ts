import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { JSONRPCRequest, MessageExtraInfo, Result } from '@modelcontextprotocol/sdk/types.js';
import type { SessionState } from '../../broker/broker.ts';
import { toEnvelope } from './envelope.ts';

/** Most subscriptions that the next owner gets, and their most bytes. Later ones end with their server. */
const MAX_SETTINGS = 1000;
const MAX_SETTINGS_BYTES = 256 * 1024;

/** What the next owner of a session has to know to make its MCP server again. */
export class StateOfSession {
    /** The client's `initialize` request; undefined before its server has accepted it. */
    initialize: JSONRPCRequest | undefined;
    /** The revision of MCP that the server has chosen. */
    protocolVersion: string | undefined;
    /** The client that opened the session, without its token. */
    authInfo: AuthInfo | undefined;
    /** Requests that set a state, as envelopes, by what they set. */
    readonly #settings = new Map<string, string>();
    /** Length of all settings. */
    #bytes = 0;

    /** The requests that set a state, as envelopes, in the order in which they came. */
    get settings(): string[] {
        return [...this.#settings.values()];
    }

    static fromBroker({ initialize, settings, protocolVersion }: SessionState): StateOfSession {
        const state = new StateOfSession();
        state.protocolVersion = protocolVersion;
        if (initialize !== undefined) [state.initialize, state.authInfo] = JSON.parse(initialize);
        for (const envelope of settings) {
            const [request] = JSON.parse(envelope) as [JSONRPCRequest];
            const { key } = toSetting(request) ?? {};
            if (key === undefined) continue;
            state.#settings.set(key, envelope);
            state.#bytes += envelope.length;
        }
        return state;
    }

    toBroker(): SessionState {
        const { initialize, protocolVersion, authInfo, settings } = this;
        return {
            ...(protocolVersion !== undefined && { protocolVersion }),
            ...(initialize && { initialize: JSON.stringify([initialize, authInfo]) }),
            settings
        };
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
        if (!setting.isSet) {
            this.#bytes -= this.#settings.get(setting.key)?.length ?? 0;
            return this.#settings.delete(setting.key);
        }
        const envelope = toEnvelope(request, extra);
        const former = this.#settings.get(setting.key);
        if (this.#settings.size >= MAX_SETTINGS && former === undefined) return false;
        const bytes = this.#bytes + envelope.length - (former?.length ?? 0);
        if (bytes > MAX_SETTINGS_BYTES) return false;
        this.#bytes = bytes;
        this.#settings.set(setting.key, envelope);
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
