import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { read, root } from '../../helpers/docs.ts';

// add-a-tool.slow.test.ts follows the whole walk-through in a copy of the project.

test('the code of the tool in the walk-through of CONTRIBUTING multiplies, and refuses what a double cannot hold', async () => {
    const [, code = ''] =
        /```ts packages\/tools\/src\/tools\/multiply\.ts\n([\s\S]*?)```/.exec(read('CONTRIBUTING.md')) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'multiply-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'multiply.ts');
    const imports = {
        "'zod'": import.meta.resolve('zod'),
        "'../tool.ts'": pathToFileURL(`${root}packages/tools/src/tool.ts`).href
    };
    const linked = Object.entries(imports).reduce((text, [name, url]) => text.replace(name, `'${url}'`), code);
    expect(linked).not.toBe(code);
    writeFileSync(file, linked);
    const { multiply } = await import(file);
    expect(multiply.run({ a: 6, b: 7 })).toEqual({ value: { product: 42 }, text: '42' });
    expect(() => multiply.run({ a: Number.MAX_VALUE, b: 2 })).toThrow('too large');
});
