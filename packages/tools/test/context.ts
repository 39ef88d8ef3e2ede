import { createEnvironment } from '../src/index.ts';
import type { CallContext } from '../src/tool.ts';

/** What a tool is called with: a fixed time, nothing logged, and the parts that a test replaces. */
export function createContext(overrides: Partial<CallContext> = {}): CallContext {
    const environment = createEnvironment({ now: () => new Date('2026-03-29T00:59:59.999Z'), warn: () => {} });
    const { signal } = new AbortController();
    return { ...environment, transport: 'stdio', signal, progress: () => {}, ...overrides };
}
