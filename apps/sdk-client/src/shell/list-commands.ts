import type { Option } from 'commander';
import { createProgram } from '../program.ts';
import type { KnownCommand, KnownOption } from './completion/known.ts';

/** Lists all commands of a shell with their options, for completion. */
export function listCommands(): KnownCommand[] {
    const program = createProgram({ stdout: () => {} }, async () => {});
    const shared = program.options.filter(({ long }) => long !== '--version');
    const commands = program.commands.map(command => ({
        name: command.name(),
        options: [...[...command.options, ...shared].map(toOption), help]
    }));
    return [...commands, { name: 'help', options: [] }, { name: 'exit', options: [] }];
}

const help: KnownOption = { name: '--help', takesValue: false, choices: [] };

function toOption({ long, required, argChoices }: Option): KnownOption {
    return { name: long ?? '', takesValue: required, choices: argChoices ?? [] };
}
