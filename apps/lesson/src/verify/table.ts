import type { LessonReport } from './verify-lesson.ts';

/** One line for each lesson, then what is not as it should be, in a lesson or in all as a whole. */
export function describeReports(reports: readonly LessonReport[], shared: readonly string[], seconds: number): string {
    const rows = [
        ['', 'lesson', 'solution', 'problem fails', 'variants', 'repeated', 'seconds'],
        ...reports.map(report => [
            report.faults.length === 0 ? '✓' : '✗',
            `${report.number} ${report.title}`,
            report.solutionPasses ? 'passes' : 'fails',
            report.problemFails,
            String(report.variants),
            String(report.repeated),
            report.seconds.toFixed(1)
        ])
    ];
    const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
    const lines = rows.map(row =>
        row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()
    );
    const own = reports.flatMap(({ number, faults }) => faults.map(fault => `${number}: ${fault.trimEnd()}`));
    const faults = [...own, ...shared].map(fault => `\n${fault}`);
    const variants = reports.reduce((sum, report) => sum + report.variants, 0);
    const total = `${reports.length} lessons, ${variants} wrong variants, ${faults.length} faults, ${seconds.toFixed(1)} s`;
    return [...lines, ...faults, '', total].join('\n');
}
