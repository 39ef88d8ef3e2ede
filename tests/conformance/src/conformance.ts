// Runs the official conformance suite against our transports, with the servers behind them that it asks for. The suite
// comes from the registry: `npm run conformance` needs the network.
import { startFixture } from './fixture/start.ts';
import { EXIT_NO_NETWORK, NoNetworkError } from './npx.ts';
import { expectedFailures } from './suite/expected-failures.ts';
import { judge } from './suite/judge.ts';
import { SuiteError } from './suite/parse-run.ts';
import { runSuite } from './suite/run-suite.ts';
import { suites } from './suite/suites.ts';

const marks = { passed: 'passed  ', expected: 'expected', failed: 'FAILED  ' };
const counts = { passed: 0, expected: 0, failed: 0 };

await using server = await startFixture();
try {
    for (const suite of suites) {
        const results = await runSuite(suite, `${server.url}/mcp`);
        console.log(`\nConformance suite ${suite.title}`);
        const expected = expectedFailures.filter(entry => entry.suite === suite.id);
        for (const { scenario, outcome, text } of judge(results, expected)) {
            counts[outcome]++;
            console.log(`  ${marks[outcome]}  ${scenario}: ${text}`);
        }
    }
    console.log(`\n${counts.passed} passed, ${counts.expected} failed as expected, ${counts.failed} failed`);
    if (counts.failed > 0) process.exitCode = 1;
} catch (error) {
    if (!(error instanceof NoNetworkError || error instanceof SuiteError)) throw error;
    console.error(error.message);
    process.exitCode = error instanceof NoNetworkError ? EXIT_NO_NETWORK : 1;
}
