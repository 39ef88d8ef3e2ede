import { z } from 'zod';

interface Issue {
    path: PropertyKey[];
    message: string;
    /** The issues of each alternative of a union. */
    errors?: Issue[][];
}

/**
 * Describes where a value does not match its schema, such as `content[0].text: expected string, received number`.
 * Returns undefined for errors that are not zod's. It looks at the shape of the error, not at its class: the SDK has a
 * zod and a class of its own.
 */
export function describeInvalid(error: unknown): string | undefined {
    const issues: unknown = Object(error).issues;
    if (!(error instanceof Error) || !Array.isArray(issues)) return undefined;
    const [first] = issues as Issue[];
    if (!first) return undefined;
    const { path, message } = findDeepest(first);
    const where = z.core.toDotPath(path);
    const what = message.replace(/^Invalid input: /, '');
    return where === '' ? what : `${where}: ${what}`;
}

/** In a union, the alternative whose mistake is deepest is the one that was meant. */
function findDeepest(issue: Issue): Issue {
    const inner = (issue.errors ?? []).flatMap(([first]) => (first ? [findDeepest(first)] : []));
    const [deepest] = inner.sort((a, b) => b.path.length - a.path.length);
    return deepest ? { path: [...issue.path, ...deepest.path], message: deepest.message } : issue;
}
