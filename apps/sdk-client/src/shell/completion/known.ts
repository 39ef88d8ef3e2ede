import type { Lists } from '../../connection/lists.ts';

/** An option of a command. */
export interface KnownOption {
    /** Such as `--json`. */
    name: string;
    /** Whether the next word is its value. */
    takesValue: boolean;
    choices: readonly string[];
}

export interface KnownCommand {
    name: string;
    options: readonly KnownOption[];
}

/** A request to complete a value (MCP, Completion). */
export interface ValueRequest {
    ref: { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string };
    argument: { name: string; value: string };
    /** Other arguments that are known. */
    others: Record<string, string>;
}

/** Everything that completion uses. */
export interface Known extends Lists {
    commands: readonly KnownCommand[];
    /** Asks the server; never rejects. */
    completeValue(request: ValueRequest): Promise<readonly string[]>;
    /** Lists the paths that begin with this text, folders with a slash at the end. Never throws. */
    findFiles(beginning: string): readonly string[];
}
