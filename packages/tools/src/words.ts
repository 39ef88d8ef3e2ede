import type { z } from 'zod';

/** Longest quotation of a client's text in an error, in characters. */
const MAX_QUOTED = 100;
/** Most mistakes that one error names. */
const MAX_FINDINGS = 3;
const MAX_FINDING_LENGTH = 100;

/** A client's text in quotation marks, cut short so that errors stay small. */
export function quote(text: string): string {
    return JSON.stringify(cut(text, MAX_QUOTED));
}

/** The first mistakes that zod found, each with its path below `root`. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], root?: string): string {
    const findings = issues.slice(0, MAX_FINDINGS).map(({ path, message }) => {
        const at = [...(root === undefined ? [] : [root]), ...path].join('.');
        return cut(at === '' ? message : `${at}: ${message}`, MAX_FINDING_LENGTH);
    });
    if (issues.length > MAX_FINDINGS) findings.push(`and ${issues.length - MAX_FINDINGS} more`);
    return findings.join('; ');
}

/** Cuts a text to `length` characters. */
export function cut(text: string, length: number): string {
    return text.length > length ? `${text.slice(0, length)}…` : text;
}
