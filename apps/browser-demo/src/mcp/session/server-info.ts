import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, toWords } from '../json-rpc.ts';
import { McpSessionError } from '../mcp-session-error.ts';

/** The capabilities that the server declared in the handshake: `tools`, `resources`, `prompts` and more. */
export type Capabilities = Readonly<Record<string, unknown>>;

/** What the server says about itself in the handshake. */
export interface ServerInfo {
    /** Name and version. */
    server: string | Message;
    capabilities: Capabilities;
    /** The version of the protocol that both sides have agreed on. */
    protocolVersion: string;
}

/** The page uses tools, resources and prompts; it offers the server nothing in return. */
export const CLIENT_CAPABILITIES: Capabilities = {};

/** The version that the page asks for. */
export const NEWEST_VERSION = '2025-11-25';
/** What the page uses is the same in all these versions. */
const KNOWN_VERSIONS = ['2024-11-05', '2025-03-26', '2025-06-18', NEWEST_VERSION];

/** Reads the result of `initialize`. @throws {McpSessionError} `unknown-version` */
export function parseServerInfo(result: unknown): ServerInfo {
    const capabilities = isRecord(result) && isRecord(result.capabilities) ? result.capabilities : {};
    const version = isRecord(result) ? result.protocolVersion : undefined;
    const protocolVersion = KNOWN_VERSIONS.find(known => known === version);
    if (protocolVersion === undefined) {
        const values = { version: toWords(version).slice(0, 40) || '–', known: KNOWN_VERSIONS.join(', ') };
        throw new McpSessionError('unknown-version', message(say.error.unknownVersion, values));
    }
    return { server: serverName(result), capabilities, protocolVersion };
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
