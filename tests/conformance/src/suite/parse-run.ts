import { z } from 'zod';

const checksSchema = z.array(
    z.object({
        id: z.string(),
        status: z.enum(['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED', 'INFO']),
        errorMessage: z.string().optional()
    })
);

/** What the suite found out about one requirement. */
export type Check = z.output<typeof checksSchema>[number];

export interface ScenarioResult {
    scenario: string;
    checks: Check[];
}

/** The suite did not come to its end, or says what this does not understand. */
export class SuiteError extends Error {
    override name = 'SuiteError';
}

/**
 * Turns the suite's own words into results. `readChecks` reads the `checks.json` in a folder that the output names.
 *
 * @throws {SuiteError} if scenarios are missing, so that a suite that breaks off is not taken for one that passes.
 */
export function parseRun(stdout: string, readChecks: (folder: string) => string): ScenarioResult[] {
    const [head = '', ...parts] = stdout.split(/^=== Running scenario: /m);
    const [, announced] = /^Running .* \((\d+) scenarios\)/m.exec(head) ?? [];
    if (Number(announced) !== parts.length || !stdout.includes('=== SUMMARY ===')) {
        throw new SuiteError(`The suite announced ${announced ?? 'no'} scenarios and ran ${parts.length}`);
    }
    return parts.map(part => {
        const [scenario = ''] = part.split(' ===', 1);
        const [, folder] = /^Results saved to (.+)$/m.exec(part) ?? [];
        // A scenario that breaks off leaves no file.
        const broken: Check = { id: scenario, status: 'FAILURE', errorMessage: 'broke off without a result' };
        return { scenario, checks: folder === undefined ? [broken] : parseChecks(readChecks(folder)) };
    });
}

function parseChecks(json: string): Check[] {
    const checks = checksSchema.safeParse(JSON.parse(json));
    if (checks.success) return checks.data;
    throw new SuiteError(`checks.json is not what it was: ${checks.error.message}`);
}
