import { isLoopback } from './authority.ts';
import type { Values, VariableName } from './variables.ts';

/**
 * Finds valid variables that contradict each other, and returns a line for each mistake. Variables in `invalid` have a
 * line already, so this assumes that their correct values would be no conflict.
 */
export function findConflicts(values: Values, invalid: ReadonlySet<VariableName>): string[] {
    const conflicts: string[] = [];
    const hasToken = values.MCP_AUTH_TOKEN.length > 0 || invalid.has('MCP_AUTH_TOKEN');
    const isOpen = values.ALLOW_UNAUTHENTICATED || invalid.has('ALLOW_UNAUTHENTICATED');
    if (!hasToken && !isOpen) conflicts.push(...findMissingToken(values));
    const knowsScheme = values.TRUST_PROXY > 0 || invalid.has('TRUST_PROXY') || values.TLS_CERT !== undefined;
    if (values.REQUIRE_HTTPS && !knowsScheme) {
        conflicts.push(
            'REQUIRE_HTTPS=true has no effect unless a trusted proxy reports the scheme of each request; ' +
                'set TRUST_PROXY to the number of proxies in front, or set TLS_CERT and TLS_KEY'
        );
    }
    if (values.TEACHING_FAULTS && isReachable(values)) {
        conflicts.push(
            'TEACHING_FAULTS=true is for this machine only; set HOST to a loopback address such as 127.0.0.1, ' +
                'and remove TRUST_PROXY and ALLOWED_HOSTS'
        );
    }
    if (values.TEACHING_FAULTS && values.WORKERS > 1) {
        conflicts.push('TEACHING_FAULTS=true requires one process, which has all sessions; set WORKERS=1');
    }
    if (values.TEACHING_FAULTS && values.REDIS_URL !== undefined) {
        conflicts.push('TEACHING_FAULTS=true requires one process, which has all sessions; remove REDIS_URL');
    }
    return conflicts;
}

/** Whether other machines can connect: directly, or through a proxy on this machine. */
export function isReachable({ HOST, TRUST_PROXY, ALLOWED_HOSTS }: Values): boolean {
    return !isLoopback(HOST) || TRUST_PROXY > 0 || ALLOWED_HOSTS.length > 0;
}

function findMissingToken(values: Values): string[] {
    const { HOST, TRUST_PROXY, ALLOWED_HOSTS } = values;
    if (!isReachable(values)) return [];
    if (!isLoopback(HOST)) {
        return [
            `HOST=${HOST} lets other machines connect without a token; ` +
                'set MCP_AUTH_TOKEN, or HOST=127.0.0.1, or ALLOW_UNAUTHENTICATED=true to allow it'
        ];
    }
    const [name, value] = TRUST_PROXY > 0 ? ['TRUST_PROXY', TRUST_PROXY] : ['ALLOWED_HOSTS', ALLOWED_HOSTS.join(',')];
    return [
        `${name}=${value} lets other machines connect through a proxy without a token; ` +
            `set MCP_AUTH_TOKEN, or remove ${name}, or set ALLOW_UNAUTHENTICATED=true to allow it`
    ];
}
