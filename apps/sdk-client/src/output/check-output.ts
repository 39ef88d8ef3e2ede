import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CliError } from '../errors/cli-error.ts';
import { bounded, TimeLimitError } from './bounded.ts';

/** Size of the largest output schema that is checked, as JSON in characters. */
const LARGEST_SCHEMA = 262_144;

/**
 * Checks a result against the output schema of its tool (MCP, Tools, Output Schema).
 *
 * @returns why the result could not be checked, if it could not.
 * @throws {CliError} `tool-error` if the result does not match the schema.
 */
export function checkOutput({ name, outputSchema }: Tool, result: CallToolResult): string | undefined {
    if (!outputSchema || result.isError) return undefined;
    const { structuredContent } = result;
    if (!structuredContent) throw mismatch(name, 'it has no structured content');
    try {
        const size = JSON.stringify(outputSchema).length;
        if (size > LARGEST_SCHEMA)
            return `its output schema has ${size} characters, and the limit is ${LARGEST_SCHEMA}`;
        const problem = bounded(() => {
            // A logger would print text from the server.
            const ajv = new Ajv2020({ strict: false, validateSchema: false, validateFormats: false, logger: false });
            const validate = ajv.compile(outputSchema);
            return validate(structuredContent) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'the result' });
        });
        if (problem === undefined) return undefined;
        throw mismatch(name, problem);
    } catch (error) {
        if (error instanceof CliError) throw error;
        if (error instanceof TimeLimitError) return error.message;
        return `its output schema cannot be used: ${(error as Error).message}`;
    }
}

function mismatch(name: string, why: string): CliError {
    return new CliError('tool-error', `the result of ${name} does not match its output schema: ${why}`);
}
