import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Acceptance, Claim, InboxEntry, Reading, SessionRecord, SessionState } from '../broker/broker.ts';
import type { ScriptReply } from './client.ts';

/** The arguments of `save`: an empty string stands for nothing. */
export function fromState({ protocolVersion, initialize, settings }: SessionState): string[] {
    return [protocolVersion ?? '', initialize ?? '', JSON.stringify(settings)];
}

/** The id of a request as an argument: JSON, or nothing if there is none. */
export function fromId(id: RequestId | undefined): string {
    return id === undefined ? '' : JSON.stringify(id);
}

export function toRecord(id: string, reply: ScriptReply): SessionRecord | undefined {
    if (reply.length === 0) return undefined;
    const [transport, owner, fence, protocolVersion] = reply.map(String);
    return {
        id,
        transport: transport as SessionRecord['transport'],
        owner: owner || undefined,
        fence: Number(fence),
        ...(protocolVersion && { protocolVersion })
    };
}

export function toClaim(id: string, owner: string, reply: ScriptReply): Claim | undefined {
    if (reply[0] !== 'claimed') return undefined;
    const [, fence, transport, protocolVersion, initialize, settings, ...positions] = reply.map(String);
    const version = { ...(protocolVersion && { protocolVersion }) };
    const record = {
        id,
        transport: transport as SessionRecord['transport'],
        owner,
        fence: Number(fence),
        ...version
    };
    const state = { ...version, ...(initialize && { initialize }), settings: JSON.parse(settings ?? '[]') };
    const pairs = positions.map(pair => pair.split(' ').map(Number) as [stream: number, last: number]);
    return { fence: record.fence, record, state, positions: new Map(pairs) };
}

export function toAcceptance(reply: ScriptReply): Acceptance {
    const [kind, detail, fence, firstEntry] = reply;
    switch (kind) {
        case 'accepted': {
            const taken =
                fence === undefined ? {} : { taken: { fence: Number(fence), firstEntry: Number(firstEntry) } };
            return { kind, stream: Number(detail), ...taken };
        }
        case 'repeated':
            return { kind, stream: Number(detail) };
        case 'id-in-flight':
            return { kind, id: JSON.parse(String(detail)) };
        case 'unknown-session':
            return detail === undefined || detail === null ? { kind } : { kind, reason: String(detail) };
        case 'too-many-requests':
        case 'outcome-unknown':
            return { kind };
        default:
            throw new Error(`unexpected reply of accept: ${kind}`);
    }
}

/** @param past the last numbers that former owners had taken, each followed by a space. */
export function toInbox([kind, past, entries]: ScriptReply): readonly InboxEntry[] | 'fenced' {
    if (kind === 'fenced') return kind;
    const taken = String(past).split(' ').slice(0, -1).map(Number);
    return toEntries(entries).map(({ number, fields }) => ({
        entry: number,
        json: fields[1] as string,
        stream: Number(fields[3]),
        attempts: taken.filter(last => last >= number).length
    }));
}

export function toReading([kind, last, ended, events]: ScriptReply): Reading {
    if (kind === 'trimmed' || kind === 'future' || kind === 'unknown') return kind;
    return {
        events: toEntries(events).map(({ number, fields }) => ({ position: number, json: fields[1] as string })),
        last: Number(last),
        ended: ended === 1
    };
}

/** The entries of a stream whose ids are `number-0` or `0-number`. */
function toEntries(entries: unknown): { number: number; fields: readonly string[] }[] {
    return (entries as readonly [id: string, fields: readonly string[]][]).map(([id, fields]) => {
        const [first, second] = id.split('-').map(Number) as [number, number];
        return { number: first || second, fields };
    });
}
