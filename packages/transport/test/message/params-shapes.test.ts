import { InitializeRequestParamsSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import { paramsShapes } from '../../src/message/params-shapes.ts';

/** Each member that the specification names, with a valid value. Optional members may be absent or null. */
const members: [path: string, fits: unknown, isRequired?: true][] = [
    ['protocolVersion', '2025-11-25', true],
    ['capabilities', {}, true],
    ['clientInfo', { name: 'n', version: '1' }, true],
    ['clientInfo.name', 'n', true],
    ['clientInfo.version', '1', true],
    ['clientInfo.title', 't'],
    ['clientInfo.websiteUrl', 'https://client.example'],
    ['clientInfo.description', 'd'],
    ['clientInfo.icons', []],
    ['clientInfo.icons.0.src', 's', true],
    ['clientInfo.icons.0.mimeType', 'image/png'],
    ['clientInfo.icons.0.theme', 'dark'],
    ['clientInfo.icons.0.sizes', ['any']],
    ['clientInfo.icons.0.sizes.0', 'any', true],
    ['capabilities.experimental', {}],
    ['capabilities.experimental.x', {}, true],
    ['capabilities.extensions', {}],
    ['capabilities.extensions.x', {}, true],
    ['capabilities.sampling', {}],
    ['capabilities.sampling.context', {}],
    ['capabilities.sampling.tools', {}],
    ['capabilities.elicitation', {}],
    ['capabilities.elicitation.form', {}],
    ['capabilities.elicitation.form.applyDefaults', true],
    ['capabilities.elicitation.url', {}],
    ['capabilities.roots', {}],
    ['capabilities.roots.listChanged', false],
    ['capabilities.tasks', {}],
    ['capabilities.tasks.list', {}],
    ['capabilities.tasks.cancel', {}],
    ['capabilities.tasks.requests', {}],
    ['capabilities.tasks.requests.sampling', {}],
    ['capabilities.tasks.requests.sampling.createMessage', {}],
    ['capabilities.tasks.requests.elicitation', {}],
    ['capabilities.tasks.requests.elicitation.create', {}]
];

/** Valid params except for the value at one path. */
function paramsWith(path: string, value: unknown): Record<string, unknown> {
    const params = {
        protocolVersion: '2025-11-25',
        capabilities: {},
        clientInfo: { name: 'n', version: '1' }
    };
    const names = path.split('.');
    let owner: Record<string, unknown> = params;
    for (const [index, name] of names.slice(0, -1).entries()) {
        owner[name] ??= names[index + 1] === '0' ? [] : name === '0' ? { src: 's' } : {};
        owner = owner[name] as Record<string, unknown>;
    }
    owner[String(names.at(-1))] = value;
    return params;
}

const check = (params: unknown) => paramsShapes.get('initialize')?.(params, 'params');
const accepts = (params: unknown) => InitializeRequestParamsSchema.safeParse(params).success;

test('params of initialize are checked as the SDK checks them', () => {
    for (const [path, fits] of members) {
        for (const value of [fits, undefined, 7, 'text', true, {}, { a: 1 }]) {
            const params = paramsWith(path, value);
            expect(check(structuredClone(params)) === undefined, `${path} ${JSON.stringify(value)}`).toBe(
                accepts(params)
            );
        }
        // An array is not an object, though the SDK lets it pass for some capabilities.
        const isList = Array.isArray(fits);
        expect(check(paramsWith(path, [])) === undefined, path).toBe(isList);
    }
});

test('null for an optional member counts as absent, and is removed before the SDK sees it', () => {
    for (const [path, , isRequired] of members) {
        const params = paramsWith(path, null);
        if (isRequired) expect(check(params), path).toMatch(`params.${path} must be `);
        else expect([check(params), accepts(params)], path).toEqual([undefined, true]);
    }
});

test('only the first mistake is reported', () => {
    const icons = Array.from({ length: 10_000 }, () => ({}));
    expect(check(paramsWith('clientInfo.icons', icons))).toBe(
        'params.clientInfo.icons.0.src must be a string, not left out'
    );
    const name = 'x'.repeat(100_000);
    expect(check(paramsWith('capabilities.experimental', { [name]: 1 }))).toBe(
        `params.capabilities.experimental.${'x'.repeat(40)}… must be an object, not 1`
    );
});
