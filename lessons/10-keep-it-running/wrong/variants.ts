import type { Variant } from '../../variant.ts';

/** A mistake in the session that is written by hand. */
const session = { main: 'by-hand.ts', file: 'session.ts' };

export const variants: Variant[] = [
    {
        name: 'no-heartbeat',
        fails: 'heartbeat',
        replace: 'limits: { heartbeatMs: 500 }',
        with: 'limits: { heartbeatMs: 60_000 }'
    },
    {
        ...session,
        name: 'heartbeat-as-message',
        fails: 'heartbeat',
        replace: "stream.write(': heartbeat\\n\\n')",
        with: "stream.write('data: heartbeat\\n\\n')"
    },
    {
        ...session,
        name: 'no-ids',
        fails: 'event-ids',
        replace: '`id: ${this.sessionId}:${this.#lastId}\\nevent: message',
        with: '`event: message'
    },
    {
        ...session,
        name: 'session-id-only',
        fails: 'event-ids',
        replace: '`id: ${this.sessionId}:${this.#lastId}\\n',
        with: '`id: ${this.sessionId}\\n'
    },
    {
        name: 'cannot-resume',
        fails: 'resume-replays',
        replace: 'limits: { heartbeatMs: 500 }',
        with: 'limits: { heartbeatMs: 500, resumeWindowMs: 0 }'
    },
    {
        main: 'by-hand.ts',
        name: 'ignores-last-event-id',
        fails: 'resume-replays',
        replace: "req.get('Last-Event-ID')",
        with: "req.get('Last-Event')"
    },
    {
        ...session,
        name: 'keeps-nothing',
        fails: 'resume-replays',
        replace: 'if (missed > 0) stream.write',
        with: 'if (missed < 0) stream.write'
    },
    {
        ...session,
        name: 'keeps-what-no-stream-took',
        fails: 'resume-replays',
        replace: 'this.#kept.push(event);',
        with: 'if (!this.#stream) this.#kept.push(event);'
    },
    {
        ...session,
        name: 'replays-everything',
        fails: 'resume-replays',
        replace: 'this.#kept.slice(-missed)',
        with: 'this.#kept'
    },
    {
        ...session,
        name: 'newest-first',
        fails: 'resume-replays',
        replace: 'this.#kept.slice(-missed)',
        with: 'this.#kept.slice(-missed).reverse()'
    },
    {
        ...session,
        name: 'forgets-at-the-drop',
        fails: 'resume-replays',
        replace: 'setTimeout(() => this.close(), RESUME_MS)',
        with: '(void this.close(), setTimeout(() => {}, 0))'
    },
    {
        ...session,
        name: 'drops-what-no-stream-takes',
        fails: 'resume-mid-call',
        replace: 'this.#lastId += 1;',
        with: 'if (!this.#stream) return;\n        this.#lastId += 1;'
    },
    {
        main: 'by-hand.ts',
        name: 'resumes-any-session',
        fails: 'resume-own-only',
        replace: 'const known = sessions.get(sessionId);',
        with: 'const known = sessions.get(sessionId) ?? (sessionId ? [...sessions.values()][0] : undefined);'
    },
    {
        ...session,
        name: 'never-disconnects',
        fails: 'slow-reader',
        replace: 'this.#stream.writableLength > MAX_KEPT',
        with: 'this.#stream.writableLength > 1000 * MAX_KEPT'
    },
    {
        name: 'large-backlog',
        fails: 'slow-reader',
        replace: 'heartbeatMs: 500',
        with: 'heartbeatMs: 500, maxBufferedBytes: 2 ** 30'
    },
    {
        name: 'health-without-count',
        fails: 'health-sessions',
        replace: 'res.json({ sessions: sessions.size })',
        with: "res.send('ok')"
    },
    {
        ...session,
        name: 'logs-the-whole-id',
        fails: 'log-without-secrets',
        process: true,
        replace: '${this.sessionId.slice(0, 8)} opened',
        with: '${this.sessionId} opened'
    },
    {
        main: 'by-hand.ts',
        name: 'logs-the-headers',
        fails: 'log-without-secrets',
        process: true,
        replace: 'const session = new Session();',
        with: 'console.log(req.headers);\n    const session = new Session();'
    },
    {
        name: 'logs-nothing',
        fails: 'log-without-secrets',
        process: true,
        replace: 'opened: ({ id }) => console.log(`session ${id.slice(0, 8)} opened`),\n',
        with: ''
    },
    {
        name: 'no-signal-handler',
        fails: 'stops-cleanly',
        process: true,
        replace: "process.once('SIGTERM'",
        with: "process.once('SIGHUP'"
    },
    {
        ...session,
        name: 'counts-only-with-a-stream',
        fails: 'stops-cleanly',
        process: true,
        replace: "if ('method' in message && 'id' in message) this.inFlight",
        with: "if (this.#stream && 'method' in message && 'id' in message) this.inFlight"
    },
    {
        name: 'exits-at-once',
        fails: 'stops-cleanly',
        process: true,
        replace: 'await sessions.drain(10_000);',
        with: 'process.exit(0);'
    },
    {
        main: 'by-hand.ts',
        name: 'waits-for-no-call',
        fails: 'stops-cleanly',
        process: true,
        replace: 'session.inFlight.size > 0',
        with: 'session.inFlight.size < 0'
    },
    {
        main: 'by-hand.ts',
        name: 'keeps-the-streams',
        fails: 'stops-cleanly',
        process: true,
        replace: '    for (const session of sessions.values()) await session.close();\n',
        with: ''
    },
    {
        name: 'keeps-listening',
        fails: 'stops-cleanly',
        process: true,
        replace: 'listener.close();',
        with: ''
    },
    {
        name: 'exits-with-an-error',
        fails: 'stops-cleanly',
        process: true,
        replace: 'listener.close();',
        with: 'process.exit(1);'
    },
    {
        ...session,
        name: 'logs-no-end',
        fails: 'stops-cleanly',
        process: true,
        replace: 'console.log(`session ${this.sessionId.slice(0, 8)} closed`);',
        with: ''
    }
];
