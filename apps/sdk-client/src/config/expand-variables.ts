import { CliError } from '../errors/cli-error.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Puts environment variables into a text of a client's settings: `${NAME}` and `${NAME:-default}` as Claude Code writes
 * them, `${env:NAME}` as VS Code and Cursor do. As in a shell, the default stands in for an empty value too.
 *
 * @param source what an error calls the place where the text stands.
 * @throws {CliError} with code `usage`, naming the variable that is not set.
 */
export function expandVariables(text: string, env: Variables, source: string): string {
    return text.replace(/\$\{([^}]*)\}/g, (_whole, expression: string) => {
        const [, name = '', fallback] = /^(?:env:)?([A-Za-z_]\w*)(?::-(.*))?$/s.exec(expression) ?? [];
        if (name === '') {
            const hint = expression.startsWith('input:') ? ', which only VS Code asks for' : '';
            throw new CliError(
                'usage',
                `${source} wants \${${expression}}${hint}; give the header by --header or --bearer`
            );
        }
        const value = env[name];
        if (value) return value;
        const otherwise = fallback ?? value;
        if (otherwise !== undefined) return otherwise;
        throw new CliError('usage', `${source} wants the environment variable ${name}, which is not set`);
    });
}
