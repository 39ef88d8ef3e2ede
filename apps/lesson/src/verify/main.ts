import { fileURLToPath } from 'node:url';
import { readCatalog } from '../catalog/catalog.ts';
import { Verification } from './verify.ts';

const lessonsFolder = fileURLToPath(new URL('../../../../lessons', import.meta.url));
const args = process.argv.slice(2);
const numbers = args.filter(arg => /^\d+$/.test(arg));
const start = performance.now();
const lessons = readCatalog(lessonsFolder).filter(({ number }) => numbers.length === 0 || numbers.includes(number));
using verification = new Verification(lessonsFolder, args.includes('--update'));
const reports = await Promise.all(lessons.map(lesson => verification.verify(lesson)));
for (const { number, title, solutionPasses, problemFails, variants, repeated, seconds, faults } of reports) {
    console.log(
        `${number}  ${title.padEnd(30)} solution ${solutionPasses ? 'passes' : 'FAILS'}  problem fails ${problemFails}  ${variants} variants (${repeated} repeated)  ${seconds.toFixed(1)} s`
    );
    for (const fault of faults) console.log(`    ${fault.replaceAll('\n', '\n      ')}`);
}
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
if (reports.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
