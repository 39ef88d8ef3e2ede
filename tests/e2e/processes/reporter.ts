import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints how many tests ran against several processes, and why the others did not. */
export default class ProcessesReporter implements Reporter {
    onTestRunEnd(modules: readonly TestModule[]): void {
        const tests = modules.flatMap(module => [...module.children.allTests()]);
        const ran = tests.filter(test => test.result().state !== 'skipped');
        const behind = ran.filter(test => test.meta().isBehindProcesses);
        const passed = behind.filter(test => test.result().state === 'passed');
        console.log(`\nBehind a round robin over three processes: ${passed.length} of ${behind.length} tests passed`);
        console.log(`Tests that start no server of the app: ${ran.length - behind.length}`);
        for (const [reason, titles] of group(tests.filter(test => test.result().state === 'skipped'))) {
            console.log(`Left out, ${reason}:\n${titles.map(title => `  ${title}`).join('\n')}`);
        }
    }
}

function group(skipped: readonly TestCase[]): Map<string, string[]> {
    const groups = new Map<string, string[]>();
    for (const test of skipped) {
        const result = test.result();
        const reason = ('note' in result && result.note) || 'skipped in every mode';
        groups.set(reason, [...(groups.get(reason) ?? []), test.fullName]);
    }
    return groups;
}
