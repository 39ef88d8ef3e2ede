import type { MessageExtraInfo, RequestInfo } from '@modelcontextprotocol/sdk/types.js';
import type { McpRequest } from '../types.ts';

/** What tools see of the HTTP request: `extra.requestInfo` and `extra.authInfo`. */
export function toExtra(req: McpRequest): MessageExtraInfo {
    const extra: MessageExtraInfo = { requestInfo: new LazyRequestInfo(req) };
    if (req.auth) extra.authInfo = req.auth;
    return extra;
}

/** Makes the URL only when a tool reads it. Few tools do, and it takes 4 µs, a twentieth of a call. */
class LazyRequestInfo implements RequestInfo {
    readonly headers: RequestInfo['headers'];
    readonly #req: McpRequest;

    constructor(req: McpRequest) {
        this.headers = req.headers;
        this.#req = req;
    }

    get url(): URL {
        const { url, headers, socket } = this.#req;
        const href = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host}${url}`;
        // With an invalid Host header, tools get this URL instead of an exception.
        return new URL(URL.canParse(href) ? href : 'http://localhost/');
    }
}
