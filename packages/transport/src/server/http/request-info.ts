import type { MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import type { McpRequest } from '../types.ts';

/** What tools see of the HTTP request: `extra.requestInfo` and `extra.authInfo`. */
export function toExtra(req: McpRequest): MessageExtraInfo {
    const extra: MessageExtraInfo = { requestInfo: { headers: req.headers, url: toUrl(req) } };
    if (req.auth) extra.authInfo = req.auth;
    return extra;
}

function toUrl({ url, headers, socket }: McpRequest): URL {
    const href = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host}${url}`;
    // With an invalid Host header, tools get this URL instead of an exception.
    return new URL(URL.canParse(href) ? href : 'http://localhost/');
}
