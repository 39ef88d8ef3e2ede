import { isRecord, textOr } from '../json-rpc.ts';
import { badReply } from '../mcp-session-error.ts';
import { type Content, parseContent } from './content.ts';
import { type Described, type Listed, parseDescribed } from './list-all.ts';

interface PromptArgument {
    name: string;
    description: string;
    required: boolean;
}

/** A prompt as `prompts/list` describes it. */
export interface PromptDescription extends Described {
    args: PromptArgument[];
}

/** The result of `prompts/get`. */
export interface PromptResult {
    description: string;
    messages: { role: string; content: Content[] }[];
}

export const PROMPTS: Listed<PromptDescription> = {
    method: 'prompts/list',
    member: 'prompts',
    parse: prompt => ({
        ...parseDescribed(prompt, 'prompts/list'),
        args: (Array.isArray(prompt.arguments) ? prompt.arguments : []).filter(isRecord).map(argument => ({
            name: String(argument.name),
            description: textOr(argument.description),
            required: argument.required === true
        }))
    })
};

/** @throws {McpSessionError} `bad-reply` */
export function parsePromptResult(result: unknown): PromptResult {
    if (!isRecord(result) || !Array.isArray(result.messages)) throw badReply('prompts/get', 'messages');
    return {
        description: textOr(result.description),
        messages: result.messages.filter(isRecord).map(({ role, content }) => ({
            role: String(role),
            content: (Array.isArray(content) ? content : [content]).map(parseContent)
        }))
    };
}
