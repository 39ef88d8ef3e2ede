import type { Limits } from '../limits.ts';

/** Longest key that is accepted, in characters. */
export const MAX_KEY_LENGTH = 256;

/** How long an answered POST is remembered at least, in milliseconds: longer than clients usually keep trying. */
const SHORTEST_REMEMBERED_MS = 60_000;

/** A string of RFC 8941 (section 3.3.3): printable ASCII in quotes, where `\` escapes `"` and `\`. */
const SF_STRING = /^"((?:[ !#-[\]-~]|\\["\\])+)"$/;

/** The key in the header `Idempotency-Key`, still escaped; undefined without the header, null if it is malformed. */
export function parseIdempotencyKey(header: string | string[] | undefined): string | undefined | null {
    if (header === undefined) return undefined;
    const key = SF_STRING.exec(String(header))?.[1];
    return key !== undefined && key.length <= MAX_KEY_LENGTH ? key : null;
}

/** How long an answered POST is remembered, in milliseconds: no shorter than its answer. */
export function toRememberedMs({ resumeWindowMs }: Pick<Limits, 'resumeWindowMs'>): number {
    return Math.max(resumeWindowMs, SHORTEST_REMEMBERED_MS);
}

/**
 * What a server declares in `capabilities.experimental`, so that clients know that they may mark a retry by the header
 * `Idempotency-Key`, and for how long after the first attempt; in milliseconds.
 */
export function toIdempotencyCapability(limits: Pick<Limits, 'resumeWindowMs'>) {
    return { idempotencyKey: { rememberedMs: toRememberedMs(limits) } };
}
