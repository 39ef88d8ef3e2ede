import { sessionIdOf } from '../../mcp/transport/session-id.ts';
import type { WireEntry } from '../wire-entry.ts';
import { measured, type SessionStatus } from './status.ts';

/** The status of a session of HTTP+SSE after one more entry. */
export function nextSseStatus(status: SessionStatus, entry: WireEntry): SessionStatus {
    switch (entry.kind) {
        case 'connecting': {
            const { url, reader } = entry;
            return {
                ...status,
                url,
                reader,
                phase: 'connecting',
                isOpen: false,
                attempts: 0,
                endpoint: undefined,
                sessionId: '',
                transport: 'sse',
                closed: undefined
            };
        }
        case 'opened': {
            const { droppedAt } = status;
            const open = { ...status, isOpen: true, attempts: 0 };
            if (droppedAt === undefined) return open;
            return { ...open, droppedAt: undefined, retry: measured(status, entry.at - droppedAt) };
        }
        case 'event':
            if (entry.event !== 'endpoint') return status.isOpen ? status : { ...status, isOpen: true };
            return {
                ...status,
                phase: entry.data === status.endpoint ? 'resumed' : 'open',
                isOpen: true,
                endpoint: entry.data,
                sessionId: sessionIdIn(entry.data, status.url)
            };
        case 'retry':
            return { ...status, retry: { ms: entry.ms, basis: 'told' } };
        case 'dropped': {
            const { droppedAt, endpoint } = status;
            // A failed attempt to open the stream is recorded as another drop, after the same wait.
            const retry = droppedAt === undefined ? status.retry : measured(status, entry.at - droppedAt);
            const down = { ...status, isOpen: false, droppedAt: entry.at, retry };
            if (status.isOpen) return { ...down, phase: 'dropped', drops: status.drops + 1 };
            const phase = endpoint === undefined ? 'unreached' : 'dropped';
            return { ...down, phase, attempts: status.attempts + 1 };
        }
        case 'closed': {
            const { reason, detail } = entry;
            return { ...status, phase: 'closed', isOpen: false, droppedAt: undefined, closed: { reason, detail } };
        }
        default:
            return status;
    }
}

function sessionIdIn(endpoint: string, url: string): string {
    return URL.canParse(endpoint, url || undefined) ? sessionIdOf(new URL(endpoint, url || undefined)) : '';
}
