import { release } from 'node:os';
import { resolve } from 'node:path';
import { EXIT, Exit } from '../context.ts';
import { disk, lineEndings } from '../doctor/examine-files.ts';
import { node, packages, path, proxy, wsl } from '../doctor/examine-machine.ts';
import { port } from '../doctor/examine-port.ts';
import type { Examination, Machine } from '../doctor/finding.ts';
import type { AddCommand } from './command.ts';

const examinations: readonly Examination[] = [node, packages, port, path, wsl, proxy, lineEndings, disk];

export const addDoctor: AddCommand = (program, { texts, print, env, lessonsFolder }) => {
    const { doctor } = texts;
    program
        .command('doctor')
        .description(doctor.about)
        .action(async () => {
            const { platform, version: nodeVersion } = process;
            const root = resolve(lessonsFolder, '..');
            const machine: Machine = { platform, nodeVersion, env, root, lessonsFolder, release: release() };
            let isHealthy = true;
            for (const { name, examine } of examinations) {
                const fault = await examine(machine, doctor);
                print(
                    fault ? `✗ ${name(doctor)}: ${fault.problem}\n  ${doctor.mend(fault.command)}` : `✓ ${name(doctor)}`
                );
                isHealthy &&= fault === undefined;
            }
            if (!isHealthy) throw new Exit(EXIT.fail);
            print(`\n${doctor.healthy}`);
        });
};
