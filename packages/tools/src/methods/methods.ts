import { z } from 'zod';
import { completePrompt, prompts, renderPrompt } from '../prompts.ts';
import { CLOCK_URI, type ClockSubscription } from '../resources/clock.ts';
import { completeTemplate, readResource, resources, resourceTemplates } from '../resources/resources.ts';
import { type CallContext, ToolError } from '../tool.ts';
import { explainIssues, quote } from '../words.ts';
import { callTool, descriptions } from './calls.ts';

/** One request to the calculator, over any transport. */
interface MethodCall extends CallContext {
    /** The subscription of the session. */
    subscription: ClockSubscription;
}

/** The `result` of a response. */
export type Answer = Record<string, unknown>;
export type Method = (params: unknown, call: MethodCall) => Answer | Promise<Answer>;

/**
 * The MCP methods of the calculator, shared by all SDKs and transports. Each checks its params. The SDK answers
 * `initialize` and `ping`.
 *
 * @throws {ToolError} with the code `invalid-params`.
 */
export const methods: ReadonlyMap<string, Method> = new Map<string, Method>([
    ['tools/list', list(() => ({ tools: descriptions }))],
    ['tools/call', callToolByParams],
    ['resources/list', list(() => ({ resources }))],
    ['resources/templates/list', list(() => ({ resourceTemplates }))],
    ['resources/read', (params, call) => readResource(parse(uriParams, params).uri, call)],
    ['resources/subscribe', ofClock(subscription => subscription.start())],
    ['resources/unsubscribe', ofClock(subscription => subscription.stop())],
    ['prompts/list', list(() => ({ prompts }))],
    ['prompts/get', getPrompt],
    ['completion/complete', complete]
]);

/** The capabilities that the server declares in `initialize`. */
export const capabilities = { tools: {}, resources: { subscribe: true }, prompts: {}, completions: {} };

/** Each list has one page, so every cursor is invalid (MCP, Pagination, Error Handling). */
function list(answer: () => Answer): Method {
    return params => {
        const { cursor }: { cursor?: unknown } = Object(params);
        if (cursor === undefined) return answer();
        const given = typeof cursor === 'string' ? quote(cursor) : 'one that is not a string';
        throw new ToolError(
            'invalid-params',
            `params.cursor must be left out, because the list has one page, got ${given}`
        );
    };
}

const uriParams = z.looseObject({ uri: z.string() });
/** Stops at the first mistake, unlike `z.record`. */
const texts = z.custom<Record<string, string>>(
    value => isObject(value) && Object.values(value).every(each => typeof each === 'string'),
    'Invalid input: expected an object of strings'
);
const promptParams = z.looseObject({ name: z.string(), arguments: texts.optional() });
const completeParams = z.looseObject({
    ref: z.discriminatedUnion('type', [
        z.looseObject({ type: z.literal('ref/prompt'), name: z.string() }),
        z.looseObject({ type: z.literal('ref/resource'), uri: z.string() })
    ]),
    argument: z.looseObject({ name: z.string(), value: z.string() })
});

/** Checked without zod, which drops an argument named `__proto__` instead of rejecting it, and is slower. */
function callToolByParams(params: unknown, call: MethodCall) {
    const { name, arguments: args = {} }: { name?: unknown; arguments?: unknown } = Object(params);
    if (typeof name !== 'string') throw new ToolError('invalid-params', 'params.name must be the name of a tool');
    if (!isObject(args)) throw new ToolError('invalid-params', 'params.arguments must be an object');
    return callTool(name, args, call);
}

/** Subscribes to the clock, or ends that. @param act how to change the subscription of the session. */
function ofClock(act: (subscription: ClockSubscription) => void): Method {
    return (params, { subscription }) => {
        if (parse(uriParams, params).uri !== CLOCK_URI) {
            throw new ToolError('invalid-params', `uri must be ${CLOCK_URI}, the only resource that changes`);
        }
        act(subscription);
        return {};
    };
}

function getPrompt(params: unknown) {
    const { name, arguments: args = {} } = parse(promptParams, params);
    return renderPrompt(name, args);
}

/** Most values in one response (MCP, Completion). */
const MAX_COMPLETIONS = 100;

function complete(params: unknown) {
    const { ref, argument } = parse(completeParams, params);
    const values =
        ref.type === 'ref/prompt'
            ? completePrompt(ref.name, argument.name, argument.value)
            : completeTemplate(ref.uri, argument.name, argument.value);
    const total = values.length;
    return { completion: { values: values.slice(0, MAX_COMPLETIONS), total, hasMore: total > MAX_COMPLETIONS } };
}

function parse<Schema extends z.ZodType>(schema: Schema, params: unknown): z.output<Schema> {
    const result = schema.safeParse(params ?? {});
    if (result.success) return result.data;
    throw new ToolError('invalid-params', explainIssues(result.error.issues, 'params'));
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
