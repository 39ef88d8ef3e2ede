import { spawnSync } from 'node:child_process';
import {
    appendFileSync,
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { clientMain, connectClient, runNode } from '@calc/test-helpers';
import { launchBrowser } from '@calc/test-helpers/browser';
import { expect, onTestFinished, test } from 'vitest';
import { openPage, toolCard } from '../../helpers/demo-page.ts';
import { read, root } from '../../helpers/docs.ts';

const [, walkThrough = ''] = read('CONTRIBUTING.md').split('## Add a tool\n');
const blocks = [...walkThrough.matchAll(/^ {4}```(\w+) ?(.*)\n([\s\S]*?)^ {4}```$/gm)].map(
    ([, , file = '', code = '']) => ({
        file,
        code: code.replace(/^ {4}/gm, '')
    })
);
const commands = blocks.filter(({ file }) => file === '').flatMap(({ code }) => code.trim().split('\n'));

/** A busy machine takes minutes to start this many processes. */
const TIME_LIMIT_MS = 300_000;

/** A copy of the project with dependencies and the built page, but neither other builds nor a repository. */
function copyProject(): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-calculator-')));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const isCopied = (path: string) => {
        const name = basename(path);
        return name === 'dist' ? path.includes('browser-demo') : !['node_modules', '.git', '.turbo'].includes(name);
    };
    cpSync(root, folder, { recursive: true, filter: isCopied });
    linkModules('.', folder);
    for (const parent of ['apps', 'packages', 'tests']) {
        for (const name of readdirSync(root + parent)) linkModules(join(parent, name), folder);
    }
    return folder;
}

/** Links the dependencies of one package; the project's own packages are those of the copy. */
function linkModules(path: string, folder: string): void {
    const from = join(root, path, 'node_modules');
    const to = join(folder, path, 'node_modules');
    if (!existsSync(from)) return;
    mkdirSync(join(to, '@calc'), { recursive: true });
    for (const name of readdirSync(from)) {
        if (name !== '@calc' && name !== '.cache') symlinkSync(join(from, name), join(to, name));
    }
    if (!existsSync(join(from, '@calc'))) return;
    for (const name of readdirSync(join(from, '@calc'))) {
        const source = relative(realpathSync(root), realpathSync(join(from, '@calc', name)));
        symlinkSync(join(folder, source), join(to, '@calc', name));
    }
}

/** Runs a program of node_modules in the copy; fails with its output. */
function run(folder: string, program: string, ...args: string[]): void {
    const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', program), args, {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env.PATH }
    });
    expect(status, `${program} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
}

test(
    'the walk-through of CONTRIBUTING adds a tool that its test, the client, the SDK and the page can call',
    async () => {
        const folder = copyProject();
        for (const { file, code } of blocks) {
            if (file === '') continue;
            const path = join(folder, file);
            // One line is added to its file, unless the project has the tool already.
            if (code.trim().includes('\n')) writeFileSync(path, code);
            else if (!readFileSync(path, 'utf8').includes(code)) appendFileSync(path, code);
        }
        const [fix = '', vitest = '', client = '', inspector = ''] = commands;
        expect(fix).toBe('npm run fix');
        run(folder, 'biome', 'check', '--write', 'packages/tools');
        run(folder, 'biome', 'ci', 'packages/tools');
        run(folder, 'tsc', '-p', 'packages/tools/tsconfig.build.json', '--noEmit');
        expect(vitest).toMatch(/^npx vitest run /);
        run(folder, 'vitest', ...vitest.split(' ').slice(2));

        const main = join(folder, 'apps/sse-server/src/main.ts');
        const source = { NODE_OPTIONS: `--import=${import.meta.resolve('tsx')} --conditions=@calc/source` };
        await using server = runNode(main, [], { ...source, PORT: '0' }, '', folder);
        const [, url = ''] = await server.printed(/^HTTP\+SSE +(http:\S+)\/sse$/m);

        expect(client).toMatch(/^npm run client -- call multiply /);
        const words = client.split(' -- ')[1]?.split(' ') ?? [];
        await using calling = runNode(clientMain, words, { MCP_URL: `${url}/mcp` });
        expect(await calling.ended).toEqual({ code: 0, stdout: expect.stringMatching(/\b42\b/), stderr: '' });

        // Inspector needs the network; the SDK's client sends what its command says.
        const [, name = ''] = /--tool-name (\S+)/.exec(inspector) ?? [];
        const args = [...inspector.matchAll(/--tool-arg (\w+)=(\d+)/g)].map(([, key, value]) => [key, Number(value)]);
        await using sdk = await connectClient(`${url}/sse`);
        const result = await sdk.callTool({ name, arguments: Object.fromEntries(args) });
        expect(result.structuredContent).toEqual({ product: 42 });
        expect(inspector).toContain(
            /@modelcontextprotocol\/inspector@[\d.]+/.exec(read('docs/walkthroughs/inspector.md'))?.[0]
        );

        const browser = await launchBrowser();
        onTestFinished(() => browser.close());
        const page = await openPage(browser, url);
        const card = toolCard(page, 'Multiply two numbers multiply');
        await card.getByLabel('a', { exact: true }).fill('6');
        await card.getByLabel('b', { exact: true }).fill('7');
        await card.getByRole('button', { name: 'Call multiply' }).click();
        await card
            .getByRole('group', { name: 'Result of multiply' })
            .filter({ hasText: /product\s*42\b/ })
            .waitFor();
    },
    TIME_LIMIT_MS
);
