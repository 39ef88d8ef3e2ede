import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Context, EXIT, Exit } from '../context.ts';
import { createPack, type PackOptions } from '../pack/create-pack.ts';
import type { AddCommand } from './command.ts';

const FILE = 'mcp-calculator-offline.tgz';

export const addPack: AddCommand = (program, context) => {
    const { texts, print, env, signal, lessonsFolder } = context;
    const { pack, values } = texts;
    program
        .command('pack')
        .description(pack.about)
        .option(`--out ${values.file}`, pack.out, FILE)
        .action(async ({ out }: { out: string }) => {
            const file = resolve(env.INIT_CWD ?? '', out);
            if (!existsSync(dirname(file))) throw new Exit(EXIT.usage, pack.noFolder(dirname(file)));
            const npmPath = env.npm_execpath;
            if (!npmPath) throw new Exit(EXIT.usage, pack.needsNpm);
            const root = resolve(lessonsFolder, '..');
            print(pack.begins);
            const onProgress = (done: number, all: number) => print(pack.progress(done, all));
            await create({ root, file, npmPath, signal, onProgress }, context);
            print(pack.done(file, Math.round(statSync(file).size / 2 ** 20)));
            print(pack.use);
        });
};

/** Without a network, npm fails; a full disk or an old git are other reasons. */
async function create(options: PackOptions, { signal, texts }: Context): Promise<void> {
    try {
        await createPack(options);
    } catch (error) {
        if (signal.aborted) throw new Exit(EXIT.interrupted);
        throw new Exit(EXIT.fail, texts.pack.failed(error instanceof Error ? error.message : String(error)));
    }
}
