import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, Exit } from '../context.ts';
import { createPack } from '../pack/create-pack.ts';
import type { AddCommand } from './command.ts';

const FILE = 'mcp-calculator-offline.tgz';

export const addPack: AddCommand = (program, { texts, print, env, signal, lessonsFolder }) => {
    const { pack, values } = texts;
    program
        .command('pack')
        .description(pack.about)
        .option(`--out ${values.file}`, pack.out, FILE)
        .action(async ({ out }: { out: string }) => {
            const file = resolve(env.INIT_CWD ?? '', out);
            const npmPath = env.npm_execpath;
            if (!npmPath) throw new Exit(EXIT.usage, pack.needsNpm);
            const root = resolve(lessonsFolder, '..');
            print(pack.begins);
            const onProgress = (done: number, all: number) => print(pack.progress(done, all));
            await createPack({ root, file, npmPath, signal, onProgress });
            print(pack.done(file, Math.round(statSync(file).size / 2 ** 20)));
            print(pack.use);
        });
};
