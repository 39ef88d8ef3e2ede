import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import { parseMessage, type ReceivedMessage } from '../../message/parse-message.ts';
import type { McpRequest } from '../../server/types.ts';

/** A message on its way to the owner of its session: `[message]`, or `[message, client]`. */
export interface Envelope {
    parsed: ReceivedMessage;
    extra: MessageExtraInfo;
}

/**
 * What tools see of the client: `extra.authInfo` without its token, which must not be stored. It is the same at the process
 * that got the request and at any other, and so are the headers of the request: there are none.
 */
export function toSharedExtra({ auth }: McpRequest): MessageExtraInfo {
    return auth ? { authInfo: withoutToken(auth) } : {};
}

/** @param value the message as it was parsed from JSON. */
export function toEnvelope(value: unknown, { authInfo }: MessageExtraInfo): string {
    return JSON.stringify(authInfo ? [value, authInfo] : [value]);
}

/** @throws {Error} if the text is not from `toEnvelope`. */
export function fromEnvelope(json: string): Envelope {
    const [value, authInfo] = JSON.parse(json) as [unknown, AuthInfo | undefined];
    const parsed = parseMessage(value);
    if (parsed.kind === 'not-a-message') throw new Error(`The inbox has an invalid message: ${parsed.problem}`);
    return { parsed, extra: authInfo ? { authInfo } : {} };
}

function withoutToken({ clientId, scopes, expiresAt, resource, extra }: AuthInfo): AuthInfo {
    return {
        token: '',
        clientId,
        scopes,
        ...(expiresAt !== undefined && { expiresAt }),
        ...(resource && { resource }),
        ...(extra && { extra })
    };
}
