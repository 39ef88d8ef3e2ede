import type { Prompt, Resource, ResourceTemplate, Tool } from '@modelcontextprotocol/sdk/types.js';

/** An option of a command. */
export interface KnownOption {
    /** As it is typed, such as `--json`. */
    name: string;
    /** Whether the next word is its value. */
    takesValue: boolean;
    choices: readonly string[];
}

export interface KnownCommand {
    name: string;
    options: readonly KnownOption[];
}

/** What the server has, as far as it is known. */
export interface ServerLists {
    tools: readonly Tool[];
    resources: readonly Resource[];
    resourceTemplates: readonly ResourceTemplate[];
    prompts: readonly Prompt[];
}

/** A value that the server is asked to complete (MCP, Completion). */
export interface ValueRequest {
    ref: { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string };
    argument: { name: string; value: string };
    /** Others that are known already. */
    others: Record<string, string>;
}

/** What a line is completed from. */
export interface Known extends ServerLists {
    commands: readonly KnownCommand[];
    /** Asks the server; never rejects. */
    completeValue(request: ValueRequest): Promise<readonly string[]>;
    /** The paths that begin so, folders with a slash at their end; never throws. */
    findFiles(beginning: string): readonly string[];
}
