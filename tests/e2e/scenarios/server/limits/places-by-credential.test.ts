import { openStream, startServer } from '@calc/test-helpers';
import { proves } from '@calc/test-helpers/proves';
import { expect } from 'vitest';

proves(
    ['session.places'],
    'a token is one client from any address, and without a token each address is a client',
    async () => {
        const env = { MAX_SESSIONS: '2', TRUST_PROXY: '1', RATE_LIMIT: 'off' };
        const from = (address: string) => ({ 'X-Forwarded-For': address });
        await using server = await startServer(env);
        await using _first = await openStream(server.sseUrl, from('192.0.2.1:1001'));
        await using _second = await openStream(server.sseUrl, from('192.0.2.1:1002'));
        await expect(openStream(server.sseUrl, from('192.0.2.1:1003'))).rejects.toThrow('503');
        await using _other = await openStream(server.sseUrl, from('192.0.2.2'));

        await using withTokens = await startServer({ ...env, MCP_AUTH_TOKEN: 'one,two' });
        const bearer = (token: string, address: string) => ({ ...from(address), Authorization: `Bearer ${token}` });
        await using _one = await openStream(withTokens.sseUrl, bearer('one', '192.0.2.1'));
        await using _again = await openStream(withTokens.sseUrl, bearer('one', '192.0.2.2'));
        await expect(openStream(withTokens.sseUrl, bearer('one', '192.0.2.3'))).rejects.toThrow('503');
        await using _two = await openStream(withTokens.sseUrl, bearer('two', '192.0.2.1'));
    }
);
