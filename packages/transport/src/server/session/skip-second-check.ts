// The only use of private methods of the SDK. It saves a tenth of the CPU of a call: to find the kind of a message, which
// `parseMessage` knows already, the SDK would try up to four schemas. If the SDK renames these methods, messages pass
// through its public `onmessage`, which checks them again; a test covers that case.

import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import type { ConnectableServer } from '../types.ts';

/** The private methods of the SDK's `Protocol` that take a message whose kind is known. */
interface Protocol {
    _onrequest(message: JSONRPCMessage, extra?: MessageExtraInfo): void;
    _onnotification(message: JSONRPCMessage): void;
    _onresponse(message: JSONRPCMessage): void;
}

/** Makes a session hand each message to the method for its kind. Does nothing if the server lacks these methods. */
export function skipSecondCheck(server: ConnectableServer, session: Transport): void {
    const protocol = findProtocol(server);
    if (!protocol) return;
    session.onmessage = (message, extra) => {
        if (!('method' in message)) protocol._onresponse(message);
        else if ('id' in message) protocol._onrequest(message, extra);
        else protocol._onnotification(message);
    };
}

function findProtocol(server: object): Protocol | undefined {
    // `McpServer` has its `Protocol` in `server`; `Server` is a `Protocol`.
    const protocol: unknown = 'server' in server ? server.server : server;
    const names = ['_onrequest', '_onnotification', '_onresponse'];
    const isProtocol = names.every(name => typeof Reflect.get(Object(protocol), name) === 'function');
    return isProtocol ? (protocol as Protocol) : undefined;
}
