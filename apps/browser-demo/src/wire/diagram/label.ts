import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, parseJson } from '../../mcp/json-rpc.ts';
import { toDuration } from '../duration.ts';
import { entryText, isFailure } from '../entry-text.ts';
import { type Exchange, latencyOf } from '../exchanges.ts';
import { type RpcSummary, textOf, type WireEntry } from '../wire-entry.ts';
import type { Span } from './spans.ts';

/** The words of a row. Strings are words of the protocol, which are not translated. */
export interface Label {
    /** The JSON-RPC id, which request and reply share. */
    readonly id?: string;
    readonly text: Message | string;
    /** The time since the request that this row answers. */
    readonly took?: Message;
    /** A remark, such as that the event was replayed. */
    readonly mark?: Message;
    /** Additional details; cut off first if there is little room. */
    readonly aside?: string;
    readonly tone?: 'error' | 'warning' | 'good';
}

/** What the record knows about the context of an entry. */
export interface LabelContext {
    readonly exchange: Exchange | undefined;
    readonly span: Span | undefined;
    readonly lastEventId: string;
    readonly isReplayed: boolean;
}

export function labelOf(entries: readonly [WireEntry, ...WireEntry[]], context: LabelContext): Label {
    const [entry] = entries;
    switch (entry.kind) {
        case 'connecting':
            return { text: `GET ${pathOf(entry.url)}` };
        case 'opened':
            return openedLabel(entry, context);
        case 'resumed': {
            const { lastEventId } = context;
            if (!lastEventId) return { ...noteLabel(entry), tone: 'good' };
            return { text: message(say.diagram.resumedAfter, { id: shortEventId(lastEventId) }), tone: 'good' };
        }
        case 'replaced':
            return { ...noteLabel(entry), tone: 'warning' };
        case 'dropped':
        case 'closed':
            return { ...noteLabel(entry), ...aside(entry.detail) };
        case 'post':
            // Without an answer, the page cannot know whether the POST has arrived.
            return {
                ...messageLabel(entry, context, `POST ${pathOf(entry.url)}`),
                aside: context.exchange?.answered ? 'POST' : 'POST …'
            };
        case 'answered':
            return answeredLabel(entry, context);
        case 'event':
            return eventLabel(entry, context);
        case 'comment': {
            const count = entries.length;
            return { text: count === 1 ? message(say.diagram.heartbeat) : message(say.diagram.heartbeats, { count }) };
        }
        case 'retry':
            return { text: `retry: ${entry.ms}` };
    }
}

/** Shortens an event id to its last part. The session and stream ids in it are long and do not change. */
export function shortEventId(id: string): string {
    const colon = id.lastIndexOf(':');
    if (id.length <= 8) return id;
    return colon === -1 ? `${id.slice(0, 7)}…` : `…${id.slice(colon)}`;
}

function noteLabel(entry: WireEntry): Label {
    return { text: entryText(entry) ?? '', ...(isFailure(entry) && { tone: 'error' }) };
}

function openedLabel(entry: WireEntry, { span }: LabelContext): Label {
    if (span?.kind !== 'gap' || span.end !== entry) return noteLabel(entry);
    return { text: message(say.diagram.openedAgain, { duration: toDuration(entry.at - span.begin.at) }) };
}

function answeredLabel(entry: WireEntry & { kind: 'answered' }, { exchange }: LabelContext): Label {
    return { ...noteLabel(entry), aside: exchange?.id === undefined ? 'POST' : `POST #${exchange.id}` };
}

function eventLabel(entry: WireEntry & { kind: 'event' }, context: LabelContext): Label {
    const id = entry.id === '' ? '' : `id ${shortEventId(entry.id)}`;
    if (entry.event === 'endpoint') return { text: `endpoint ${pathOf(entry.data)}`, ...aside(id) };
    if (!entry.rpc) return { text: entry.event, ...aside(id) };
    const label = messageLabel(entry, context, entry.event);
    const mark = context.isReplayed && { mark: message(say.diagram.replayed) };
    return { ...label, ...mark, ...aside(id) };
}

/** The label of a JSON-RPC message; `other` if the text is not JSON-RPC. */
function messageLabel(entry: WireEntry, { exchange }: LabelContext, other: string): Label {
    const { rpc } = entry;
    if (!rpc) return { text: other };
    if (rpc.kind === 'notification') return { text: rpc.method };
    const id = `#${rpc.id}`;
    if (rpc.kind === 'request') return { id, text: withSubject(entry, rpc) };
    const latency = exchange?.reply === entry ? latencyOf(exchange) : undefined;
    const took = latency === undefined ? {} : { took: toDuration(latency) };
    return { id, text: rpc.kind, ...took, ...(rpc.kind === 'error' && { tone: 'error' }) };
}

const subjects: Readonly<Record<string, string>> = {
    'tools/call': 'name',
    'prompts/get': 'name',
    'resources/read': 'uri',
    'resources/subscribe': 'uri',
    'resources/unsubscribe': 'uri'
};

/** A method with its subject, such as the name of the tool. */
function withSubject(entry: WireEntry, { method }: RpcSummary & { kind: 'request' }): string {
    const member = subjects[method];
    if (member === undefined) return method;
    const body = parseJson(textOf(entry));
    const subject = isRecord(body) && isRecord(body.params) ? body.params[member] : undefined;
    return typeof subject === 'string' ? `${method} ${subject}` : method;
}

/** The query is left out: it holds the session id, and the frames show it. */
function pathOf(url: string): string {
    return URL.canParse(url, 'http://any') ? new URL(url, 'http://any').pathname : url;
}

function aside(text: string | undefined): { aside?: string } {
    return text ? { aside: text } : {};
}
