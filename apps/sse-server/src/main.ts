import { parseArguments } from './config/arguments.ts';
import { parseConfig } from './config/config.ts';
import { ConfigError } from './config/config-error.ts';
import { formatHelp } from './config/help.ts';
import { findMisspelt } from './config/misspelt-variables.ts';
import { variables } from './config/variables.ts';

const names = Object.keys(variables);

try {
    const command = parseArguments(process.argv.slice(2), names);
    if (command === 'help') console.log(formatHelp());
    else {
        const config = parseConfig(process.env);
        // Loaded last: the help and mistakes in the configuration need not wait for most of a second of CPU.
        const { serve } = await import('./serve.ts');
        await serve(config, findMisspelt(process.env, names));
    }
} catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = error.code === 'cannot-listen' ? 1 : 2;
    // A misspelt variable may be the cause.
    if (error.code === 'bad-variable') for (const warning of findMisspelt(process.env, names)) console.error(warning);
}
