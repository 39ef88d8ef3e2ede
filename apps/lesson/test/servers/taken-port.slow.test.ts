import { join } from 'node:path';
import { runNode } from '@calc/test-helpers';
import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog/catalog.ts';
import { findFreePort } from '../../src/learner/free-port.ts';
import { root } from '../helpers.ts';

const servers = readCatalog(join(root, 'lessons'))
    .filter(({ kind }) => kind === 'server')
    .flatMap(({ slug, main, also }) => [main, ...also].map(file => join('lessons', slug, 'solution', file)));

test.each(servers)(
    '%s ends with an error that names the taken port, and the server before it at SIGTERM',
    async file => {
        const env = { PORT: String(await findFreePort()), TOKEN: 'token' };
        const start = () => runNode('--import', ['tsx', '--conditions=@calc/source', file], env, '', root);
        await using first = start();
        await first.printed(/^Open http/m);
        await using second = start();
        const { code, stdout, stderr } = await second.ended;
        expect(stderr).toContain(`Error: listen EADDRINUSE: address already in use 127.0.0.1:${env.PORT}`);
        expect(stdout).not.toContain('Open');
        expect(code).toBe(1);
        first.kill('SIGTERM');
        await first.ended;
    }
);
