import { distance } from 'fastest-levenshtein';

type Environment = Readonly<Record<string, string | undefined>>;

/** Other names that users try for the token. */
const TOKEN_NAMES = /^(MCP|AUTH|BEARER|MCP_BEARER|MCP_API|MCP_SERVER|API_AUTH)_(TOKEN|KEY)$/;
/** Shorter names, such as PORT and HOST, resemble too many variables of other programs. */
const SHORTEST = 6;
const UNIT = /_(MS|BYTES|URL)$/;
/** Variables that npm and node set, and values that Kubernetes sets for a service named mcp. */
const OTHERS = /^(npm_|NODE_|TURBO_)/i;
const KUBERNETES = /^tcp:/;

/**
 * Finds variables whose name is nearly one of `names`: other letter case, a plural, a typing error, a missing unit, `MCP_`
 * in front, or another word for the token. If the correct name is set too, the variable belongs to another program.
 *
 * @returns one sentence for each such variable.
 */
export function findMisspelt(env: Environment, names: readonly string[]): string[] {
    const sentences: string[] = [];
    for (const [given, value = ''] of Object.entries(env)) {
        if (names.includes(given) || !value.trim() || OTHERS.test(given) || KUBERNETES.test(value)) continue;
        const meant = names.find(name => isNearly(given, name));
        if (meant === undefined || env[meant]?.trim()) continue;
        sentences.push(`${given} is not a variable of this server; did you mean ${meant}?`);
    }
    return sentences;
}

function isNearly(given: string, name: string): boolean {
    const plain = toPlain(given);
    const right = toPlain(name);
    if (plain === right || plain === `MCP_${right}` || plain === toPlain(name.replace(UNIT, ''))) return true;
    if (name === 'MCP_AUTH_TOKEN' && TOKEN_NAMES.test(plain)) return true;
    return right.length >= SHORTEST && distance(plain, right) <= (right.length < 10 ? 1 : 2);
}

/** In capitals, with each word in the singular. */
function toPlain(name: string): string {
    return name
        .toUpperCase()
        .split(/[_-]/)
        .map(word => word.replace(/IES$/, 'Y').replace(/(?<=..)S$/, ''))
        .join('_');
}
