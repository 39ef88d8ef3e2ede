import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, toWords } from '../json-rpc.ts';

/** The capabilities that the server declared in the handshake: `tools`, `resources`, `prompts` and more. */
export type Capabilities = Readonly<Record<string, unknown>>;

/** What the server says about itself in the handshake. */
export interface ServerInfo {
    /** Name and version. */
    server: string | Message;
    capabilities: Capabilities;
}

/** Reads the result of `initialize`. */
export function parseServerInfo(result: unknown): ServerInfo {
    const capabilities = isRecord(result) && isRecord(result.capabilities) ? result.capabilities : {};
    return { server: serverName(result), capabilities };
}

/**
 * How long after the request a retry is safe, in milliseconds: half of the time for which the server remembers a
 * request.
 */
export function toRetryMs({ experimental }: Capabilities): number {
    const declared = isRecord(experimental) ? experimental.idempotencyKey : undefined;
    return isRecord(declared) && typeof declared.rememberedMs === 'number' ? declared.rememberedMs / 2 : 0;
}

function serverName(result: unknown): string | Message {
    const info = isRecord(result) ? result.serverInfo : undefined;
    if (!isRecord(info) || info.name === undefined) return message(say.sessions.unnamedServer);
    return `${toWords(info.name)} ${toWords(info.version)}`.trim();
}
