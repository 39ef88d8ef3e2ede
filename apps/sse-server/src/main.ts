import { parseArguments } from './config/arguments.ts';
import { ConfigError, isLoopback, parseConfig } from './config/config.ts';
import { formatHelp } from './config/help.ts';
import { findMisspelt } from './config/misspelt-variables.ts';
import { variables } from './config/variables.ts';
import { createLog } from './operations/log.ts';
import { createMetrics } from './operations/metrics.ts';
import { onStopSignal } from './operations/stop-signals.ts';
import { ListenError, startServer } from './start.ts';

const EXIT_CANNOT_LISTEN = 1;
const EXIT_BAD_CONFIG = 2;

const names = Object.keys(variables);

async function serve(): Promise<void> {
    const config = parseConfig(process.env);
    const log = createLog(config.log);
    for (const sentence of findMisspelt(process.env, names)) log.warn(sentence);
    const metrics = createMetrics();
    // The last net: one request that fails must not end all others. An exception that nothing catches still ends the
    // process, since it may have stopped anything half-way.
    process.on('unhandledRejection', error => {
        metrics.unhandled();
        log.error({ err: error }, 'an error that no request waited for');
    });
    const server = await startServer(config, { metrics });
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

const command = parseArguments(process.argv.slice(2), names);
if (command === 'help') console.log(formatHelp());
else {
    try {
        if (command !== 'serve') throw new ConfigError([command.problem]);
        await serve();
    } catch (error) {
        if (error instanceof ConfigError) process.exitCode = EXIT_BAD_CONFIG;
        else if (error instanceof ListenError) process.exitCode = EXIT_CANNOT_LISTEN;
        else throw error;
        console.error(error.message);
        // A name that is wrong may be why.
        if (error instanceof ConfigError)
            for (const sentence of findMisspelt(process.env, names)) console.error(sentence);
    }
}
