import { ConfigError, isLoopback, parseConfig } from './config.ts';
import { ListenError, startServer } from './start.ts';
import { onStopSignal } from './stop-signals.ts';

const EXIT_CANNOT_LISTEN = 1;
const EXIT_BAD_CONFIG = 2;

try {
    const config = parseConfig(process.env);
    const server = await startServer(config);
    onStopSignal(() => void server.close());
    // A browser is to open the name: cookies and secure contexts treat it as local.
    const page = server.url.replace('//127.0.0.1:', '//localhost:');
    console.log(`Page            ${page}/`);
    console.log(`MCP over SSE    ${server.url}/sse`);
    const who = isLoopback(config.host) ? 'every program on this machine' : 'whoever reaches this address';
    console.log(`Token           none wanted: ${who} may connect`);
} catch (error) {
    if (error instanceof ConfigError) {
        console.error(error.message);
        process.exitCode = EXIT_BAD_CONFIG;
    } else if (error instanceof ListenError) {
        console.error(error.message);
        process.exitCode = EXIT_CANNOT_LISTEN;
    } else throw error;
}
