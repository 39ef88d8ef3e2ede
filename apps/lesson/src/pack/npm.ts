import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Addresses that one npm process adds to a cache. Windows limits a command line to 32 KB. */
const BATCH = 60;

/** The npm that runs this command. Its program is a script, which Windows starts without a shell. */
export function createNpm(npmPath: string, cache: string, signal: AbortSignal) {
    const npm = async (args: string[], cwd: string) => {
        const options = ['--cache', cache, '--no-audit', '--no-fund', '--no-update-notifier'];
        const words = [npmPath, ...options, ...args];
        try {
            await promisify(execFile)(process.execPath, words, { cwd, signal, windowsHide: true });
        } catch (error) {
            // The message has the whole command line, which may be 32 KB long.
            const { stderr = '' } = error as { stderr?: string };
            throw new Error(`npm ${args[0]} failed:\n${stderr.slice(-1000)}`);
        }
    };
    return {
        run: npm,
        /** Downloads archives into the cache. */
        async download(urls: readonly string[], onProgress: (done: number) => void) {
            for (let done = 0; done < urls.length; done += BATCH) {
                onProgress(done);
                await npm(['cache', 'add', ...urls.slice(done, done + BATCH)], process.cwd());
            }
        }
    };
}
