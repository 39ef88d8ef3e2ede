import { expect, test } from 'vitest';
import { toUrlHost } from '../../src/config/authority.ts';

test('toUrlHost returns hosts in canonical spelling', () => {
    const hosts = ['Calc.Example', '127.0.0.1', '::1', '::FFFF:127.0.0.1'];
    expect(hosts.map(toUrlHost)).toEqual(['calc.example', '127.0.0.1', '[::1]', '[::ffff:7f00:1]']);
});
