import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/catalog.ts';
import { root } from '../helpers.ts';

// taken-port.slow.test.ts starts the servers.

const catalog = readCatalog(join(root, 'lessons'));
const servers = catalog.flatMap(({ folder }) =>
    ['problem', 'solution'].flatMap(kind => {
        const files = readdirSync(join(folder, kind)).filter(file => file.endsWith('.ts'));
        return files.map(file => join(folder, kind, file));
    })
);

test('no server of a lesson hides a taken port: it throws the error that Express gives to the callback of listen', () => {
    const listening = servers.filter(file => readFileSync(file, 'utf8').includes('app.listen('));
    expect(listening.length).toBeGreaterThan(18);
    const hiding = listening.filter(
        file =>
            !/app\.listen\(PORT, '127\.0\.0\.1', error => \{\n {4}if \(error\) throw error;\n/.test(
                readFileSync(file, 'utf8')
            )
    );
    expect(hiding).toEqual([]);
});
