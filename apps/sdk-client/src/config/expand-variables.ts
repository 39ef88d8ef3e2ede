import { usageError } from '../errors/cli-error.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Replaces environment variables in a text from a client's settings: `${NAME}` and `${NAME:-default}` of Claude Code,
 * `${env:NAME}` of VS Code and Cursor. As in a shell, the default also replaces an empty value.
 *
 * @param source where the text is, for errors.
 * @throws {CliError} with code `usage`, with the name of a variable that is not set.
 */
export function expandVariables(text: string, env: Variables, source: string): string {
    return text.replace(/\$\{([^}]*)\}/g, (_whole, expression: string) => {
        const [, name = '', fallback] = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/s.exec(expression) ?? [];
        if (name === '') {
            const hint = expression.startsWith('input:') ? ', for which only VS Code can ask' : '';
            throw usageError(`${source} requires \${${expression}}${hint}; set the header with --header or --bearer`);
        }
        const value = env[name] || (fallback ?? env[name]);
        if (value !== undefined) return value;
        throw usageError(`${source} requires the environment variable ${name}, which is not set`);
    });
}
