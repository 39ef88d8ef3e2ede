/** Shorter values are not treated as secrets: they would match in ordinary text. */
const SHORTEST = 4;

/** Creates a list of texts that must not be printed. A server may repeat a header in its error, for example. */
export function createSecrets() {
    const secrets = new Set<string>();
    return {
        /** Adds the value of a header, and the credential in it. */
        add(value: string) {
            // In `Bearer TOKEN` the token alone is a secret too.
            const [, credential = ''] = /^\S+\s+(\S.*)$/.exec(value) ?? [];
            for (const secret of [value, credential]) {
                if (secret.length < SHORTEST) continue;
                secrets.add(secret);
                secrets.add(JSON.stringify(secret).slice(1, -1));
            }
        },
        /** Replaces each secret with `***`. */
        hide(text: string) {
            const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
            return longestFirst.reduce((safe, secret) => safe.replaceAll(secret, '***'), text);
        }
    };
}
