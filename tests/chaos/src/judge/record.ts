/** Names a request on the wire: the session and the id of the request in it. */
export interface RequestName {
    session: string;
    id: string | number;
}

/** One thing that a client saw, or that was done to the servers. Times in milliseconds of `performance.now()`. */
export type Fact = { at: number } & (
    | ({ kind: 'posted'; number: number } & RequestName)
    /** The server took the request: 202, or 200 with a stream or with the reply. */
    | ({ kind: 'accepted' } & RequestName)
    | ({
          kind: 'reply';
          /** The number that came back; undefined if the reply is an error. */
          number: number | undefined;
          /** Undefined if the reply had no id: it came as JSON, or the server sends none. */
          eventId: string | undefined;
          content: string;
      } & RequestName)
    | { kind: 'event'; session: string; eventId: string }
    /** A stream begins after this position, as its opening or the client's `Last-Event-ID` says. */
    | { kind: 'begins'; session: string; eventId: string }
    | { kind: 'status'; path: string; method: string; session: string; status: number; resumes: boolean }
    /** The client learned that the session is gone. */
    | { kind: 'session-ended'; session: string }
    /** A client noticed that a stream, or the connection of a call, is broken. */
    | { kind: 'broken'; what: string; session: string }
    | { kind: 'back'; what: string; session: string }
    | { kind: 'retry'; ms: number }
    /** A call failed for the program that made it. */
    | { kind: 'failed'; reason: string }
    | { kind: 'done' }
    | { kind: 'fault'; name: FaultName; phase: 'begin' | 'end'; server?: number }
);

export type FaultName = 'kill' | 'stop' | 'terminate' | 'cut' | 'redis-restart' | 'redis-data-lost';

/** What becomes a fact before its time is added. */
export type NewFact = Fact extends infer Each ? (Each extends Fact ? Omit<Each, 'at'> : never) : never;

export interface Recorder {
    readonly facts: readonly Fact[];
    add(fact: NewFact): void;
}

export function createRecorder(now = () => performance.now()): Recorder {
    const facts: Fact[] = [];
    return { facts, add: fact => void facts.push({ at: now(), ...fact } as Fact) };
}
