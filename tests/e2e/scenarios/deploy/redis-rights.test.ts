import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { read, redisArguments, root } from './files.ts';

/** What the server sends itself, besides the commands of its scripts. */
const DIRECT = ['info', 'xread', 'eval', 'evalsha', 'script|load', 'zscore', 'zrem'];

test('the rights in docs/scale.md and compose.yaml are the commands that the server runs, and no more', () => {
    const folders = [
        'packages/transport/src/redis',
        'packages/transport/src/redis/scripts',
        'apps/sse-server/src/redis'
    ];
    const files = folders.flatMap(folder => readdirSync(root + folder).map(name => `${root}${folder}/${name}`));
    const ofRateLimit = createRequire(`${root}apps/sse-server/package.json`).resolve('rate-limit-redis');
    const texts = [...files.filter(file => file.endsWith('.ts')), ofRateLimit].map(file => readFileSync(file, 'utf8'));
    const ofScripts = texts.flatMap(text =>
        [...text.matchAll(/\bcall\(["'](\w+)["']/g)].map(([, name]) => String(name))
    );
    expect(ofScripts.length).toBeGreaterThan(100);
    const needed = [...new Set([...ofScripts.map(name => name.toLowerCase()), ...DIRECT])].sort();

    const args = redisArguments('PASSWORD');
    const rights = args.slice(args.lastIndexOf('--user') + 3);
    const [others, commands] = [rights.filter(word => !/^\+/.test(word)), rights.filter(word => /^\+/.test(word))];
    expect(others).toEqual(['>PASSWORD', '~calc:*', 'resetchannels', '-@all']);
    expect(commands.map(word => word.slice(1)).sort()).toEqual(needed);

    const [, line = ''] = /^ACL SETUSER calc on ([^`]+?)\n```$/m.exec(read('docs/scale.md')) ?? [];
    expect(line.split(/\s+/)).toEqual(rights);
});
