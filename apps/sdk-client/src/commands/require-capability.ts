import type { Connection } from '../connection/connection.ts';
import { CliError } from '../errors/cli-error.ts';

/** The capabilities that commands require, by the names that errors use. */
const announced = {
    resources: ({ resources }) => resources,
    subscriptions: ({ resources }) => resources?.subscribe,
    completions: ({ completions }) => completions
} satisfies Record<string, (capabilities: Capabilities) => unknown>;

type Capabilities = NonNullable<ReturnType<Connection['client']['getServerCapabilities']>>;

/** @throws {CliError} `tool-error` if the server has not announced the capability. No request is sent then. */
export function requireCapability({ client }: Connection, name: keyof typeof announced): void {
    if (announced[name](client.getServerCapabilities() ?? {})) return;
    throw new CliError('tool-error', `the server has no ${name}; info shows what it has`);
}
