import { type Message, message } from '../../i18n/i18n.ts';
import * as say from '../../i18n/texts.ts';
import { isRecord, parseJson, type RpcId } from '../../mcp/json-rpc.ts';
import type { Headers } from '../../mcp/transport/wire-fact.ts';
import { toDuration } from '../duration.ts';
import { entryText, isFailure } from '../entry-text.ts';
import { type Exchange, latencyOf } from '../exchanges.ts';
import { type RpcSummary, textOf, type WireEntry } from '../wire-entry.ts';
import { foldText } from './fold-text.ts';
import { isOneAttempt } from './groups.ts';
import type { Reach } from './reach.ts';
import type { Fold } from './row.ts';
import type { Span } from './spans.ts';

/** The words of a row. Strings are words of the protocol, which are not translated. */
export interface Label {
    /** The JSON-RPC id, which request and reply share. */
    readonly id?: Message;
    readonly text: Message | string;
    /** The time since the request that this row answers. */
    readonly took?: Message;
    /** Set for an event that was sent again after a gap. */
    readonly mark?: Message;
    /** What is unusual about it, such as that its answer took long; the note of the row explains it. */
    readonly remark?: Message;
    /** Whether the request reached the server, and how long it took until the page knew. */
    readonly reach?: Message;
    /** Additional details; cut off first if there is little room. */
    readonly aside?: Message | string;
    /** The fold that the row stands for, or whose first row it is. */
    readonly fold?: Fold;
    readonly tone?: 'error' | 'warning' | 'good';
}

/** Beyond this, a row says how long it took until the page knew that the request had arrived, in milliseconds. */
const LATE_MS = 1000;

/** What the record knows about the context of an entry. */
export interface LabelContext {
    readonly exchange: Exchange | undefined;
    readonly span: Span | undefined;
    readonly reach: Reach | undefined;
    readonly fold: Fold | undefined;
    /** Whether the entry is a failed attempt to open a stream. */
    readonly isAttempt: boolean;
    readonly lastEventId: string;
    readonly isReplayed: boolean;
}

export function labelOf(entries: readonly [WireEntry, ...WireEntry[]], context: LabelContext): Label {
    const [entry] = entries;
    const { reach, fold, isAttempt } = context;
    if (fold && !fold.isOpen && !isOneAttempt(entries)) return { text: foldText(fold), fold, ...lastingOf(entries) };
    const label = {
        ...labelOfEntry(entry, context),
        ...(isAttempt && { text: message(say.diagram.attempt) }),
        ...(fold?.id === entry.seq && { fold })
    };
    if (!reach) return label;
    const remark = reachRemark(entry, reach);
    return {
        ...(entry.kind === 'post' && entry.idempotencyKey !== undefined && { mark: message(say.diagram.sentAgain) }),
        ...(remark && { remark }),
        ...label,
        reach: reachText(entry, reach),
        ...(reach.state === 'unknown' && { tone: 'warning' })
    };
}

/** How long a fold lasted; nothing for a short one. */
function lastingOf(entries: readonly [WireEntry, ...WireEntry[]]): Pick<Label, 'aside'> {
    const ms = (entries.at(-1) ?? entries[0]).at - entries[0].at;
    return ms < LATE_MS ? {} : { aside: message(say.diagram.lasting, { duration: toDuration(ms) }) };
}

/** Whether a request arrived, in a few words. */
function reachText({ at }: WireEntry, reach: Reach): Message {
    if (reach.state === 'waiting') return message(say.diagram.waiting);
    if (reach.state === 'unknown') return message(say.diagram.noAnswer);
    return message(say.diagram.reached, { duration: toDuration(reach.by.at - at) });
}

/** The same in two words, unless the page knew soon that it had arrived. */
function reachRemark({ at }: WireEntry, reach: Reach): Message | undefined {
    if (reach.state === 'waiting') return message(say.diagram.waitingShort);
    if (reach.state === 'unknown') return message(say.diagram.noAnswerShort);
    const ms = reach.by.at - at;
    return ms < LATE_MS ? undefined : message(say.diagram.reachedShort, { duration: toDuration(ms) });
}

function labelOfEntry(entry: WireEntry, context: LabelContext): Label {
    switch (entry.kind) {
        case 'connecting':
            return { text: `GET ${pathOf(entry.url)}` };
        case 'reconnecting':
            return reconnectingLabel(entry);
        case 'opened':
            return openedLabel(entry, context);
        case 'resumed': {
            const { lastEventId } = context;
            if (!lastEventId) return { ...noteLabel(entry), tone: 'good' };
            const text = entry.post === undefined ? say.diagram.resumedAfter : say.diagram.continuedAfter;
            return { text: message(text, { id: shortEventId(lastEventId) }), tone: 'good' };
        }
        case 'replaced':
            return { ...noteLabel(entry), tone: 'warning' };
        case 'dropped':
        case 'closed':
            return { ...noteLabel(entry), ...aside(entry.detail) };
        case 'post': {
            const method = entry.method ?? 'POST';
            const isDoubtful = context.reach !== undefined && context.reach.state !== 'reached';
            return {
                ...messageLabel(entry, context, `${method} ${pathOf(entry.url)}`),
                // The remark needs the room.
                ...(!isDoubtful && { aside: method })
            };
        }
        case 'answered':
            return answeredLabel(entry, context);
        case 'declined':
            return {
                ...noteLabel(entry),
                aside: message(entry.post === undefined ? say.diagram.noStream : say.diagram.notResumed)
            };
        case 'json':
            return messageLabel(entry, context, 'JSON');
        case 'ended':
            return { ...noteLabel(entry), ...aside(entry.detail) };
        case 'event':
            return eventLabel(entry, context);
        case 'comment':
            return { text: message(say.diagram.heartbeat) };
        case 'retry':
            return { text: `retry: ${entry.ms}` };
    }
}

function reconnectingLabel({ url, lastEventId, late }: WireEntry & { kind: 'reconnecting' }): Label {
    return {
        text: `GET ${pathOf(url)}`,
        ...(late && { remark: message(say.diagram.lateRequest) }),
        ...aside(lastEventId && `Last-Event-ID: ${shortEventId(lastEventId)}`)
    };
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

/** EventSource and the page open a stream only if its status is 200. */
function openedLabel(entry: WireEntry & { kind: 'opened' }, { span }: LabelContext): Label {
    const again = span?.kind === 'gap' && span.end === entry;
    const text = again
        ? message(say.diagram.openedAgain, { duration: toDuration(entry.at - span.begin.at) })
        : message(say.diagram.opened);
    return { text, aside: contentType(entry) ?? 'text/event-stream' };
}

function answeredLabel(entry: WireEntry & { kind: 'answered' }, { exchange }: LabelContext): Label {
    return {
        ...noteLabel(entry),
        ...(exchange?.id !== undefined && { id: idText(exchange.id) }),
        ...(exchange && isAfterReply(exchange)
            ? { remark: message(say.diagram.afterReply) }
            : { aside: (entry.status === 200 && contentType(entry)) || 'POST' })
    };
}

/** Whether the reply came on the stream before the 202 of the POST. */
export function isAfterReply({ answered, reply }: Exchange): boolean {
    const isAccepted = answered?.kind === 'answered' && answered.status === 202;
    return isAccepted && reply?.kind === 'event' && reply.seq < answered.seq;
}

function contentType({ headers }: { headers?: Headers }): string | undefined {
    return headers?.['content-type']?.split(';')[0];
}

function eventLabel(entry: WireEntry & { kind: 'event' }, context: LabelContext): Label {
    const id = entry.id === '' ? undefined : message(say.diagram.event, { id: shortEventId(entry.id) });
    if (entry.event === 'endpoint') return { text: `endpoint ${pathOf(entry.data)}`, ...aside(id) };
    if (entry.data === '') return { text: message(say.diagram.priming), ...aside(id) };
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
    const id = idText(rpc.id);
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

function idText(id: RpcId): Message {
    return message(say.diagram.request, { id: String(id) });
}

function aside(text: Message | string | undefined): { aside?: Message | string } {
    return text ? { aside: text } : {};
}
