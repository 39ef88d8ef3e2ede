import { ConfigError, isLoopback, parseConfig } from './config.ts';
import { formatHelp } from './help.ts';
import { ListenError, startServer } from './start.ts';
import { onStopSignal } from './stop-signals.ts';

const EXIT_CANNOT_LISTEN = 1;
const EXIT_BAD_CONFIG = 2;

async function serve(): Promise<void> {
    const config = parseConfig(process.env);
    const server = await startServer(config);
    onStopSignal(() => void server.close());
    // A browser is to open the name: cookies and secure contexts treat it as local.
    const page = server.url.replace('//127.0.0.1:', '//localhost:');
    const isBehindProxy = config.trustedProxies > 0 || config.allowedHosts.length > 0;
    const isLocal = isLoopback(config.host) && !isBehindProxy;
    const who = isLocal ? 'every program on this machine' : 'whoever reaches this address';
    console.log(`Page            ${page}${config.basePath}/`);
    console.log(`Streamable HTTP ${server.url}${config.basePath}/mcp`);
    console.log(`HTTP+SSE        ${server.url}${config.basePath}/sse`);
    console.log(`Token           ${config.tokens.length > 0 ? 'wanted' : `none wanted: ${who} may connect`}`);
    if (config.teachingFaults) console.log('Faults          may be caused at /faults, by TEACHING_FAULTS');
}

if (process.argv.includes('--help')) console.log(formatHelp());
else {
    try {
        await serve();
    } catch (error) {
        if (error instanceof ConfigError) process.exitCode = EXIT_BAD_CONFIG;
        else if (error instanceof ListenError) process.exitCode = EXIT_CANNOT_LISTEN;
        else throw error;
        console.error(error.message);
    }
}
