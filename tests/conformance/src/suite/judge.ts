import type { ExpectedFailure } from './expected-failures.ts';
import type { Check, ScenarioResult } from './parse-run.ts';

export interface Verdict {
    scenario: string;
    outcome: 'passed' | 'expected' | 'failed';
    /** Why it is not simply good; how many checks there were, where it is. */
    text: string;
}

/**
 * Says of every scenario whether it is good enough. What the suite only warns of counts as a failure too: it is what
 * the specification recommends.
 *
 * @param expected what may fail in this run; an entry that does not fail, or names nothing that has run, fails the run.
 */
export function judge(results: ScenarioResult[], expected: ExpectedFailure[]): Verdict[] {
    const known = new Set(results.map(({ scenario }) => scenario));
    const strays = expected.filter(({ scenario }) => !known.has(scenario));
    return [
        ...results.map(result => judgeScenario(result, expected)),
        ...strays.map(({ scenario }) => fail(scenario, 'is expected to fail, but the suite has no such scenario'))
    ];
}

function judgeScenario({ scenario, checks }: ScenarioResult, expected: ExpectedFailure[]): Verdict {
    const own = expected.filter(entry => entry.scenario === scenario);
    const findings = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
    const surprises = findings.filter(({ id }) => !own.some(entry => entry.check === id));
    const recovered = own.filter(entry => !findings.some(({ id }) => id === entry.check));
    if (surprises.length > 0) return fail(scenario, surprises.map(describe).join('; '));
    if (recovered.length > 0) {
        const names = recovered.map(({ check }) => check).join(', ');
        return fail(scenario, `${names} did not fail, as expected: take it off the list in expected-failures.ts`);
    }
    if (!checks.some(({ status }) => status === 'SUCCESS') && own.length === 0) {
        return fail(scenario, 'nothing was checked, since the server gave no occasion');
    }
    if (own.length === 0) return { scenario, outcome: 'passed', text: count(checks) };
    const reasons = findings.map(finding => {
        const why = own.find(({ check }) => check === finding.id)?.why;
        return `${describe(finding)} (${why})`;
    });
    return { scenario, outcome: 'expected', text: reasons.join('; ') };
}

function fail(scenario: string, text: string): Verdict {
    return { scenario, outcome: 'failed', text };
}

function describe({ id, errorMessage = 'no reason given' }: Check): string {
    return `${id}: ${errorMessage}`;
}

function count(checks: Check[]): string {
    const passed = checks.filter(({ status }) => status === 'SUCCESS').length;
    const skipped = checks.filter(({ status }) => status === 'SKIPPED').length;
    return skipped > 0 ? `${passed} checks, ${skipped} not applicable` : `${passed} checks`;
}
