import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import type { ConnectableServer } from '../types.ts';
import type { Session } from './session.ts';

/** The SDK's `Protocol`, as far as it takes messages of a kind that is known. Private there, hence looked for here. */
interface Protocol {
    _onrequest(message: JSONRPCMessage, extra?: MessageExtraInfo): void;
    _onnotification(message: JSONRPCMessage): void;
    _onresponse(message: JSONRPCMessage): void;
}

/**
 * Hands messages to a connected server by their kind. The SDK would try each of them on up to four schemas to find out
 * what it is, which `parseMessage` has done: that second check costs as much as all the rest of a session.
 * A server without these methods is left as it is.
 */
export function skipSecondCheck(server: ConnectableServer, session: Session): void {
    const protocol = findProtocol(server);
    if (!protocol) return;
    session.onmessage = (message, extra) => {
        if (!('method' in message)) protocol._onresponse(message);
        else if ('id' in message) protocol._onrequest(message, extra);
        else protocol._onnotification(message);
    };
}

function findProtocol(server: object): Protocol | undefined {
    // McpServer keeps its Protocol in `server`; Server is one.
    const protocol: unknown = 'server' in server ? server.server : server;
    const names = ['_onrequest', '_onnotification', '_onresponse'];
    const isProtocol = names.every(name => typeof Reflect.get(Object(protocol), name) === 'function');
    return isProtocol ? (protocol as Protocol) : undefined;
}
