/** Texts that must not be printed. A server may repeat a header in its error, for example. */
export interface Secrets {
    /** Adds the value of a header, and the credential in it. */
    add(value: string): void;
    /** Replaces each secret with `***`. */
    hide(text: string): string;
}

/** Shorter values are not treated as secrets: they would match in ordinary text. */
const SHORTEST = 4;

export function createSecrets(): Secrets {
    const secrets = new Set<string>();
    return {
        add(value) {
            // In `Bearer TOKEN` the token alone is a secret too.
            const [, credential = ''] = /^\S+\s+(\S.*)$/.exec(value) ?? [];
            for (const secret of [value, credential]) {
                if (secret.length < SHORTEST) continue;
                secrets.add(secret);
                secrets.add(JSON.stringify(secret).slice(1, -1));
            }
        },
        hide(text) {
            const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
            return longestFirst.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
        }
    };
}
