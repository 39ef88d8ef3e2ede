import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const CACHE = fileURLToPath(new URL('../../../../node_modules/.cache/mcp-calculator', import.meta.url));
const { dependencies } = createRequire(import.meta.url)('../../package.json');
const UNPACKED = join(CACHE, `chromium-${dependencies['@sparticuz/chromium']}`);

/**
 * The package's own names /tmp/fonts, and a Chromium without any font aborts at the first text field. Those of the machine,
 * where it has any, bring arrows and letters of one width.
 */
const FONTS = `<fontconfig>
    <dir>${join(UNPACKED, 'fonts')}</dir>
    <dir>/usr/share/fonts</dir>
    <cachedir>${join(UNPACKED, 'font-cache')}</cachedir>
    <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>`;

/** Whether the Chromium inside the npm package is for this kind of machine. */
export const fitsMachine = process.platform === 'linux' && process.arch === 'x64';

/**
 * Unpacks the browser that `npm ci` brought, once for each version; into a folder of its own and renamed when whole,
 * since a binary that is still being written by another worker cannot be run.
 */
async function unpack(): Promise<void> {
    if (existsSync(UNPACKED)) return;
    mkdirSync(CACHE, { recursive: true });
    const scratch = mkdtempSync(join(CACHE, 'unpacking-'));
    // The package unpacks into the temporary folder it finds at import, and the libraries only where it takes the
    // machine for a Lambda.
    const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: dirname(fileURLToPath(import.meta.url)),
        env: { ...process.env, TMPDIR: scratch, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }
    });
    writeFileSync(join(scratch, 'fonts/fonts.conf'), FONTS);
    try {
        renameSync(scratch, UNPACKED);
    } catch (error) {
        rmSync(scratch, { recursive: true, force: true });
        if (!existsSync(UNPACKED)) throw error;
    }
}

/** Starts that browser, headless; the caller closes it. Not with the package's own arguments: they turn web security off. */
export async function launchPackaged(): Promise<Browser> {
    await unpack();
    return await chromium.launch({
        executablePath: join(UNPACKED, 'chromium'),
        env: {
            ...process.env,
            LD_LIBRARY_PATH: join(UNPACKED, 'al2023/lib'),
            FONTCONFIG_PATH: join(UNPACKED, 'fonts')
        },
        // Without the software renderer of WebGL, which the page does not use, pages take an eighth less CPU.
        args: [
            '--no-sandbox',
            '--no-zygote',
            '--disable-dev-shm-usage',
            '--disable-gpu',
            '--disable-software-rasterizer'
        ]
    });
}
