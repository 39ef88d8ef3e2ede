/** Wrong names that users give to the variables of this client, and the right ones. */
const OTHER_NAMES: readonly (readonly [RegExp, string])[] = [
    [/^MCP_(TOKENS?|AUTH|AUTH_?TOKENS?|(BEARER|ACCESS|SERVER)_TOKEN|BEARER|API_KEY)$/i, 'MCP_AUTH_TOKEN'],
    [/^MCP_(UR[LI]|(SERVER|SSE|HTTP|BASE)_UR[LI]|SERVER|ENDPOINT)$/i, 'MCP_URL']
];

/**
 * Finds variables whose name is nearly that of a variable of this client. If the right name is set too, the other one
 * belongs to another program.
 *
 * @returns a sentence for each.
 */
export function findMisspelt(env: Readonly<Record<string, string | undefined>>): string[] {
    return Object.keys(env).flatMap(given => {
        const [, meant = given] = OTHER_NAMES.find(([pattern]) => pattern.test(given)) ?? [];
        if (given === meant || !env[given]?.trim() || env[meant]?.trim()) return [];
        return [`${given} is not a variable of this client; did you mean ${meant}?`];
    });
}
