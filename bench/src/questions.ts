/** Bytes. */
export interface MemoryUse {
    heapUsed: number;
    /** Memory of buffers and the like, which V8 knows of but does not hold. */
    external: number;
    rss: number;
}

export interface ResourceUse {
    /** Open file descriptors; null where the system does not tell. */
    files: number | null;
    timers: number;
    /** Everything else that is active: sockets, servers, pipes. */
    handles: number;
}

export interface PushRequest {
    sessionId: string;
    /** How many messages. */
    count: number;
    /** Size of each, in bytes. */
    bytes: number;
}

export interface PushResult {
    /** Messages that the transport took, and those it refused. */
    sent: number;
    refused: number;
}

/** What the parent may ask a server's process, and what it gets. */
export interface Answers {
    /** User and system time of the process until now, in microseconds. */
    cpu: number;
    /** After several garbage collections. */
    memory: MemoryUse;
    resources: ResourceUse;
    /** Collects garbage and starts watching for the peak. */
    watchPeak: MemoryUse;
    /** The highest values since `watchPeak`, each for itself. */
    peak: MemoryUse;
    /** Sends messages to one session as fast as it can. */
    push: PushResult;
}

export interface Question {
    number: number;
    name: keyof Answers;
    push?: PushRequest;
}

/** What comes back: first of all the port, then an answer to each question. */
export type Message = { port: number } | { number: number; answer: unknown } | { number: number; error: string };
