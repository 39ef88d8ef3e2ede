import { CheckFailure, type FailureDetails } from './check.ts';
import { diagnoses } from './diagnoses.ts';
import type { JokeApi } from './joke-api.ts';
import type { Random } from './random.ts';
import type { ClientTarget, LearnerProcess, ServerTarget } from './target.ts';
import { inLanguage, type Language, type Text, type Words } from './text.ts';
import { EventStream } from './wire/event-stream.ts';
import { type Answer, type NoResponse, type Outgoing, open, readAnswer } from './wire/request.ts';
import { showRequest } from './wire/show.ts';

/** What a request of a check may have. */
export interface RequestOptions {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
    /** What a failure says if no response comes; by default, what the check says. */
    unanswered?: Partial<FailureDetails>;
}

/** One run of one check on one server: sends requests, remembers the last one, and closes all streams at the end. */
export class Attempt {
    /** The address of the event stream. */
    readonly url: URL;
    /** The token of the server under test; undefined if none is known. */
    readonly token: string | undefined;
    /** The process of the server, if the lesson command has started it. */
    readonly process: LearnerProcess | undefined;
    /** The joke API that the server under test asks, if it was started for the check. */
    readonly jokeApi: JokeApi | undefined;
    /** The client that the lesson has next to its server. */
    readonly client: ClientTarget | undefined;
    readonly random: Random;
    /** Time limit of each wait, in milliseconds. */
    readonly limitMs: number;
    /** The last request, as a report shows it. */
    lastSent = '';

    /** The open streams, each with the ids of the requests whose replies belong on it. */
    readonly streams = new Map<EventStream, (string | number)[]>();

    constructor(target: ServerTarget, random: Random, limitMs: number) {
        this.url = new URL(target.url);
        this.token = target.token;
        this.process = target.process;
        this.jokeApi = target.jokeApi;
        this.client = target.client;
        this.random = random;
        this.limitMs = limitMs;
    }

    /** Sends a request and reads the whole response, or what came of it within the time limit. */
    async send(url: URL, options: RequestOptions = {}): Promise<Answer> {
        const response = await this.#begin(url, options);
        return await readAnswer(response, this.limitMs);
    }

    /** Opens an event stream; the attempt closes it at its end. Checks neither status nor content type. */
    async openStream(headers: Record<string, string> = {}, url: URL = this.url): Promise<EventStream> {
        const accept = { Accept: 'text/event-stream', ...headers };
        const response = await this.#begin(url, { headers: accept, unanswered: diagnoses.headersHeldBack });
        const stream = new EventStream(response);
        this.streams.set(stream, []);
        return stream;
    }

    /** The error to throw where the server did something wrong. */
    failure(details: FailureDetails): CheckFailure {
        return new CheckFailure({ sent: this.lastSent, ...details });
    }

    /** The error to throw where something did not come in time. */
    timeout(details: FailureDetails): CheckFailure {
        return new CheckFailure({ sent: this.lastSent, ...details }, 'timeout');
    }

    close(): void {
        for (const stream of this.streams.keys()) stream.close();
    }

    async #begin(url: URL, { method = 'GET', headers = {}, body, unanswered }: RequestOptions) {
        const outgoing: Outgoing = { method, url, headers, ...(body !== undefined && { body }) };
        const shown = showRequest(outgoing);
        this.lastSent = this.token ? shown.replaceAll(this.token, '…') : shown;
        const response = await open(outgoing, this.limitMs);
        if (response === 'silent') throw this.timeout({ received: nothingFor(this.limitMs), ...unanswered });
        if (typeof response === 'string') throw this.failure({ received: noResponse[response], ...unanswered });
        return response;
    }
}

const noResponse: Record<Exclude<NoResponse, 'silent'>, Text> = {
    closed: {
        en: 'no response: the server closed the connection',
        fr: 'aucune réponse : le serveur a fermé la connexion'
    },
    'large-headers': {
        en: 'headers of more than 16 KB',
        fr: 'des en-têtes de plus de 16 Ko'
    },
    'not-http': {
        en: 'something that is not HTTP',
        fr: "quelque chose qui n'est pas du HTTP"
    }
};

/**
 * Says that nothing came, or nothing after what came.
 *
 * @param isEventOpen whether the empty line is missing that ends an event, which looks complete without it.
 */
export function nothingFor(ms: number, ofWhat?: Words, isEventOpen = false): Text {
    const seconds = ms / 1000;
    const en = `${isEventOpen ? 'no empty line' : 'nothing'} within ${seconds} s`;
    const fr = `${isEventOpen ? 'pas de ligne vide' : 'rien'} en ${seconds} s`;
    if (ofWhat === undefined) return { en, fr };
    const before = (language: Language) => inLanguage(ofWhat, language).trimEnd();
    return { en: `${before('en')}\nthen ${en}`, fr: `${before('fr')}\npuis ${fr}` };
}
