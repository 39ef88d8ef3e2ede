/** What must not be shown, whoever repeats it: a server may well quote a header that it does not like. */
export interface Secrets {
    /** Keeps the value of a header secret, and the credential in it. */
    add(value: string): void;
    /** The text with `***` in the place of each secret. */
    hide(text: string): string;
}

/** What is shorter is no secret, and would be found in any text. */
const SHORTEST = 4;

export function createSecrets(): Secrets {
    const secrets = new Set<string>();
    return {
        add(value) {
            // `Bearer TOKEN`: the scheme is known to all.
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
