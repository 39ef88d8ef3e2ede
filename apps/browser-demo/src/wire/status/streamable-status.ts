import type { WireEntry } from '../wire-entry.ts';
import { measured, type SessionStatus } from './status.ts';

/** Whether a session is one of Streamable HTTP: it begins with `initialize`, and one of HTTP+SSE with its stream. */
export function beginsStreamable({ url }: SessionStatus, entry: WireEntry): boolean {
    return url === '' && entry.kind === 'post' && isInitialize(entry);
}

/** The status of a session of Streamable HTTP after one more entry. */
export function nextStreamableStatus(status: SessionStatus, entry: WireEntry): SessionStatus {
    switch (entry.kind) {
        case 'post': {
            if (!isInitialize(entry)) return status;
            const { url } = entry;
            return {
                ...status,
                ...ENDED,
                sessionId: '',
                url,
                transport: 'streamable',
                reader: 'raw',
                phase: 'connecting',
                closed: undefined
            };
        }
        case 'answered': {
            const sessionId = entry.headers?.['mcp-session-id'] ?? status.sessionId;
            const responses = entry.stream ? [...status.responses, entry.number] : status.responses;
            return entry.stream || sessionId !== status.sessionId ? { ...status, sessionId, responses } : status;
        }
        case 'json':
        case 'event':
            if (status.phase !== 'connecting' || entry.rpc?.kind !== 'result') return status;
            return { ...status, phase: 'open' };
        case 'retry':
            return { ...status, retry: { ms: entry.ms, basis: 'told' } };
        case 'opened':
            return opened(status, entry);
        case 'declined':
            return withoutDown(status, entry.post, 'open');
        case 'dropped':
            return broke({ ...status, isOpen: false }, entry, undefined, status.isOpen);
        case 'ended': {
            const { number, detail, resumes } = entry;
            const wasOpen = status.responses.includes(number);
            const ended = { ...status, responses: status.responses.filter(open => open !== number) };
            if (detail !== undefined && resumes) return broke(ended, entry, number, wasOpen);
            const drops = detail !== undefined && wasOpen ? status.drops + 1 : status.drops;
            return withoutDown({ ...ended, drops }, number, 'open');
        }
        case 'closed': {
            const { reason, detail } = entry;
            return { ...status, ...ENDED, phase: 'closed', closed: { reason, detail } };
        }
        default:
            return status;
    }
}

/** What a session without any stream has. */
const ENDED = { isOpen: false, responses: [], down: [], droppedAt: undefined, attempts: 0 } as const;

function opened(status: SessionStatus, entry: WireEntry & { kind: 'opened' }): SessionStatus {
    const { post, lastEventId, at } = entry;
    const isDown = status.down.includes(post);
    const retry = isDown && status.droppedAt !== undefined ? measured(status, at - status.droppedAt) : status.retry;
    const open = post === undefined ? { isOpen: true } : { responses: [...status.responses, post] };
    return withoutDown({ ...status, ...open, retry }, post, lastEventId === '' ? 'open' : 'resumed');
}

/** A stream broke and will be opened again, or an attempt to open it has failed. */
function broke(status: SessionStatus, { at }: WireEntry, post: number | undefined, wasOpen: boolean): SessionStatus {
    const down = status.down.includes(post) ? status.down : [...status.down, post];
    const retry = status.droppedAt === undefined || wasOpen ? status.retry : measured(status, at - status.droppedAt);
    const counts = wasOpen ? { drops: status.drops + 1, attempts: 0 } : { attempts: status.attempts + 1 };
    return { ...status, ...counts, down, retry, phase: 'dropped', droppedAt: at };
}

/** A stream is not down any more. Once none is, the session is in `phase`. */
function withoutDown(status: SessionStatus, post: number | undefined, phase: 'open' | 'resumed'): SessionStatus {
    if (!status.down.includes(post)) return status;
    const down = status.down.filter(other => other !== post);
    if (down.length > 0) return { ...status, down };
    return { ...status, down, phase, droppedAt: undefined, attempts: 0 };
}

function isInitialize({ rpc }: WireEntry): boolean {
    return rpc?.kind === 'request' && rpc.method === 'initialize';
}
