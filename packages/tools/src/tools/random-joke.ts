import { z } from 'zod';
import { type CallContext, defineTool } from '../tool.ts';
import { builtInJokes } from './built-in-jokes.ts';

/** Steps of progress: asking, and having a joke. */
const STEPS = 2;

const apiAnswer = z.object({ value: z.string().trim().min(1).max(2000) });

/** Fetches a joke from the Chuck Norris API. If that fails or takes too long, returns a built-in joke and the reason. */
export const randomJoke = defineTool({
    name: 'random-joke',
    title: 'Tell a joke',
    description: 'Returns a random joke from the Chuck Norris API, or a built-in one when the API cannot be reached.',
    input: z.strictObject({}),
    output: z.object({
        joke: z.string(),
        source: z.enum(['api', 'built-in']).describe('Where the joke came from')
    }),
    annotations: { readOnlyHint: true, idempotentHint: false, openWorldHint: true },
    async run(_args, context) {
        context.progress(1, STEPS, 'Asking the joke API');
        try {
            const joke = await fetchJoke(context);
            context.progress(STEPS, STEPS, 'The joke API has told one');
            return { value: { joke, source: 'api' as const }, text: joke };
        } catch (error) {
            // A cancelled call needs no built-in joke.
            context.signal.throwIfAborted();
            const reason = `the joke API ${describe(error, context.jokeApi.timeoutMs)}`;
            context.warn(`random-joke: ${reason}; told a built-in joke instead`);
            const joke = builtInJokes[Math.floor(context.random() * builtInJokes.length)] ?? builtInJokes[0];
            context.progress(STEPS, STEPS, 'A built-in joke has been picked');
            return { value: { joke, source: 'built-in' as const }, text: joke, meta: { fallbackReason: reason } };
        }
    }
});

class ApiFailure extends Error {}

async function fetchJoke(context: CallContext): Promise<string> {
    const { jokeApi, signal } = context;
    // Without AbortSignal.any and AbortSignal.timeout: Node 20 may collect their signals as garbage, and then the call
    // never times out.
    const deadline = new AbortController();
    const giveUp = () => deadline.abort(new DOMException('too late', 'TimeoutError'));
    const cancel = () => deadline.abort(signal.reason);
    const timer = setTimeout(giveUp, jokeApi.timeoutMs);
    signal.addEventListener('abort', cancel, { once: true });
    try {
        return await askForJoke(context, deadline.signal);
    } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', cancel);
    }
}

async function askForJoke({ fetch, jokeApi }: CallContext, signal: AbortSignal): Promise<string> {
    const response = await fetch(jokeApi.url, { headers: { accept: 'application/json' }, signal });
    if (!response.ok) {
        // An unread body keeps its connection busy.
        await response.body?.cancel();
        throw new ApiFailure(`answered with status ${response.status}`);
    }
    return apiAnswer.parse(await response.json()).value;
}

function describe(error: unknown, timeoutMs: number): string {
    if (error instanceof ApiFailure) return error.message;
    if (error instanceof SyntaxError || error instanceof z.ZodError)
        return 'answered with something that is not a joke';
    if (error instanceof DOMException && error.name === 'TimeoutError') return `did not answer within ${timeoutMs} ms`;
    return 'could not be reached';
}
