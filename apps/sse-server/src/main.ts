import { parseArguments } from './config/arguments.ts';
import { parseConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { formatHelp } from './config/help.ts';
import { findMisspelt } from './config/misspelt-variables.ts';
import { variables } from './config/variables.ts';

const names = Object.keys(variables);

try {
    const command = parseArguments(process.argv.slice(2));
    if (command.name === 'help') console.log(formatHelp());
    else {
        if (command.workers !== undefined) process.env.WORKERS = command.workers;
        const config = parseConfig(process.env);
        const warnings = findMisspelt(process.env, names);
        // Loaded last: the help and mistakes in the configuration need not wait for most of a second of CPU.
        if (config.workers === 1) await (await import('./serve.ts')).serve(config, warnings);
        else await (await import('./workers/primary.ts')).servePrimary(config, warnings);
    }
} catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = error.code === 'cannot-listen' ? 1 : 2;
    // A misspelt variable may be the cause.
    if (error.code === 'bad-variable') for (const warning of findMisspelt(process.env, names)) console.error(warning);
}
