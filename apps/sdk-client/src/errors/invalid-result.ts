interface Issue {
    path: PropertyKey[];
    message: string;
    /** What each alternative of a union found. */
    errors?: Issue[][];
}

/**
 * Where a value does not fit its schema, in a sentence such as `content[0].text: expected string, received number`;
 * undefined for an error that is not zod's. Judged by its shape: the SDK throws an error of a zod, and of a class, that
 * are not the ones this package imports.
 */
export function describeInvalid(error: unknown): string | undefined {
    const issues: unknown = Object(error).issues;
    if (!(error instanceof Error) || !Array.isArray(issues)) return undefined;
    const [first] = issues as Issue[];
    if (!first) return undefined;
    const { path, message } = findDeepest(first);
    const where = path.map(toStep).join('').replace(/^\./, '');
    const what = message.replace(/^Invalid input: /, '');
    return where === '' ? what : `${where}: ${what}`;
}

/** Of the alternatives of a union, the one that fits furthest says what was meant. */
function findDeepest(issue: Issue): Issue {
    const inner = (issue.errors ?? []).flatMap(([first]) => (first ? [findDeepest(first)] : []));
    const [deepest] = inner.sort((a, b) => b.path.length - a.path.length);
    return deepest ? { path: [...issue.path, ...deepest.path], message: deepest.message } : issue;
}

function toStep(key: PropertyKey): string {
    return typeof key === 'number' ? `[${key}]` : `.${String(key)}`;
}
