import { expect, test } from 'vitest';
import { message } from '../../../src/i18n/i18n.ts';
import * as say from '../../../src/i18n/texts.ts';
import { McpSessionError } from '../../../src/mcp/mcp-session-error.ts';
import { createCatalog, hasCapability } from '../../../src/state/session/catalog.ts';
import { settled } from '../../mcp/session/fake-server.ts';

/** The catalog of a server that has `has`, or fails with it. */
function openCatalog(has: Record<string, unknown>) {
    const asked: string[] = [];
    const catalog = createCatalog(async method => {
        asked.push(method);
        const result = has[method];
        if (result instanceof Error) throw result;
        return result;
    });
    return { catalog, asked };
}

const rpcError = (code: number) =>
    new McpSessionError('rpc-error', message(say.error.closed), {
        refusal: { kind: 'rpc', code, message: 'no', data: undefined }
    });

test('only declared capabilities are listed', async () => {
    const { catalog, asked } = openCatalog({ 'tools/list': { tools: [{ name: 'add' }] } });
    catalog.begin('one', { tools: {} });
    await settled();
    expect(asked).toEqual(['tools/list']);
    expect(catalog.tools.value).toMatchObject({ status: 'listed', items: [{ name: 'add' }] });
    expect([catalog.resources.value, catalog.templates.value, catalog.prompts.value]).toEqual(
        Array(3).fill({ status: 'unsupported' })
    );
    expect([hasCapability(catalog, 'tools'), hasCapability(catalog, 'resources', 'subscribe')]).toEqual([true, false]);
});

test('a list is requested once for each session, and again when the server reports a change', async () => {
    const has: Record<string, unknown> = { 'tools/list': { tools: [] } };
    const { catalog, asked } = openCatalog(has);
    catalog.begin('one', { tools: {} });
    catalog.begin('one', { tools: {} });
    await settled();
    expect(asked).toHaveLength(1);
    has['tools/list'] = { tools: [{ name: 'new' }] };
    catalog.notice('notifications/prompts/list_changed');
    catalog.notice('notifications/tools/list_changed');
    await settled();
    expect(catalog.tools.value).toMatchObject({ items: [{ name: 'new' }] });
    const { value } = catalog.tools;
    catalog.begin('two', { tools: {} });
    await settled();
    // An equal list stays the same object, so the cards stay too.
    expect([asked.length, catalog.tools.value === value]).toEqual([3, true]);
});

test('a server with resources but without the templates method has no templates', async () => {
    const { catalog } = openCatalog({
        'resources/list': { resources: [] },
        'resources/templates/list': rpcError(-32601)
    });
    catalog.begin('one', { resources: {} });
    await settled();
    expect([catalog.resources.value.status, catalog.templates.value.status]).toEqual(['listed', 'unsupported']);
});

test('a failed list has a reason and is requested again with the next session', async () => {
    const has: Record<string, unknown> = { 'prompts/list': rpcError(-32603) };
    const { catalog } = openCatalog(has);
    catalog.begin('one', { prompts: {} });
    await settled();
    expect(catalog.prompts.value).toMatchObject({ status: 'failed', reason: { text: say.error.closed } });
    has['prompts/list'] = { prompts: [] };
    catalog.begin('one', { prompts: {} });
    await settled();
    expect(catalog.prompts.value).toEqual({ status: 'listed', items: [] });
});

test('several changes during a request cause exactly one more request', async () => {
    const { catalog, asked } = openCatalog({ 'tools/list': { tools: [] } });
    catalog.begin('one', { tools: {} });
    for (let count = 0; count < 1000; count++) catalog.notice('notifications/tools/list_changed');
    await settled();
    expect(asked).toEqual(['tools/list', 'tools/list']);
});
