import type { z } from 'zod';

/** Longest part of a caller's own text in an error, in characters. */
const MAX_QUOTED = 100;
/** Mistakes that one error names. */
const MAX_FINDINGS = 3;
const MAX_FINDING_LENGTH = 100;

/** A caller's own text in quotation marks, cut short: an error must not grow with what it is about. */
export function quote(text: string): string {
    return JSON.stringify(cut(text, MAX_QUOTED));
}

/** The first mistakes that zod has found, each with its place below `root`. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], root?: string): string {
    const findings = issues.slice(0, MAX_FINDINGS).map(({ path, message }) => {
        const place = [...(root === undefined ? [] : [root]), ...path].join('.');
        return cut(place === '' ? message : `${place}: ${message}`, MAX_FINDING_LENGTH);
    });
    if (issues.length > MAX_FINDINGS) findings.push(`and ${issues.length - MAX_FINDINGS} more`);
    return findings.join('; ');
}

/** A text, cut to so many characters. */
export function cut(text: string, length: number): string {
    return text.length > length ? `${text.slice(0, length)}…` : text;
}
