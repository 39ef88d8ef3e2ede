import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** The page as it is built. */
export const pageFolder = join(root, 'apps/browser-demo/dist');

export const hasPage = (): boolean => existsSync(join(pageFolder, 'index.html'));

/** Builds the page. Returns whether it is there then. */
export async function buildPage(signal: AbortSignal): Promise<boolean> {
    const args = [join(root, 'scripts/build.mjs'), '--filter=@calc/browser-demo', '--output-logs=errors-only'];
    const build = spawn(process.execPath, args, { cwd: root, stdio: 'ignore', windowsHide: true, signal });
    // An aborted build reports an error before it closes.
    build.on('error', () => {});
    await once(build, 'close');
    return hasPage();
}
