import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npx } from '../npx.ts';
import { parseRun, type ScenarioResult, SuiteError } from './parse-run.ts';
import type { Suite } from './suites.ts';

/** The suite does not run on Node 20. */
const NODE = 'node@22';

/**
 * Runs one suite against an endpoint.
 *
 * @throws {SuiteError} if the suite breaks off.
 * @throws {NoNetworkError} if it cannot be fetched.
 */
export async function runSuite({ package: suite, args }: Suite, url: string): Promise<ScenarioResult[]> {
    const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
    try {
        const command = ['conformance', 'server', '--url', url, ...args, '--output-dir', folder];
        const { stdout, stderr } = await npx([NODE, suite], command);
        try {
            return parseRun(stdout, results => readFileSync(join(results, 'checks.json'), 'utf8'));
        } catch (error) {
            if (!(error instanceof SuiteError)) throw error;
            throw new SuiteError(`${error.message}\n${stderr.trimEnd()}`, { cause: error });
        }
    } finally {
        rmSync(folder, { recursive: true });
    }
}
