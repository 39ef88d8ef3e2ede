import type { JSONRPCNotification } from '@modelcontextprotocol/sdk/types.js';
import { formatJsonLine } from './format.ts';
import type { Output } from './output.ts';
import { toOneLine } from './screen.ts';

/** Formats a notification on one line, with the time (UTC) at which it arrived, or as JSON. */
export function formatNotification(
    { method, params = {} }: JSONRPCNotification,
    { json, screen }: Pick<Output, 'json' | 'screen'>
): string {
    if (json) return formatJsonLine({ time: new Date().toISOString(), method, params });
    const time = screen.dim(new Date().toISOString().slice(11, 23));
    return `${time} ${screen.bold(toOneLine(method))} ${describe(method, params)}`.trimEnd();
}

function describe(method: string, params: Record<string, unknown>): string {
    if (method === 'notifications/resources/updated') return toOneLine(String(params.uri));
    if (method !== 'notifications/message') return Object.keys(params).length > 0 ? formatJsonLine(params) : '';
    const text = typeof params.data === 'string' ? toOneLine(params.data) : formatJsonLine(params.data);
    const logger = typeof params.logger === 'string' ? `${params.logger}: ` : '';
    return `${toOneLine(`${params.level} ${logger}`)} ${text}`;
}
