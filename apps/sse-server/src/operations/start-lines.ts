import type { Config } from '../config/config.ts';

/** Prints where the server is and who can connect. @param address such as `http://127.0.0.1:3001`. */
export function printStart(address: string, config: Config): void {
    const url = `${address}${config.basePath}`;
    // Browsers treat `localhost` as local, so that cookies and secure contexts work.
    console.log(`Page            ${url.replace('//127.0.0.1:', '//localhost:')}/`);
    console.log(`Streamable HTTP ${url}/mcp`);
    console.log(`HTTP+SSE        ${url}/sse`);
    console.log(`Token           ${describeAccess(config)}`);
    if (config.redisUrl) console.log(`Sessions        in Redis at ${new URL(config.redisUrl).host}`);
    if (config.workers > 1) console.log(`Workers         ${config.workers}`);
    if (config.teachingFaults) console.log('Faults          clients can break their own sessions at /faults');
}

function describeAccess({ tokens, isReachable }: Config): string {
    if (tokens.length > 0) return 'required';
    const clients = isReachable ? 'any client that reaches this address' : 'any program on this machine';
    return `none required; ${clients} can connect`;
}
