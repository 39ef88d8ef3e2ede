import { expect, test } from 'vitest';
import { findMisspelt } from '../../src/config/misspelt-variables.ts';

test('a variable that is nearly one of ours names the right one', () => {
    expect(findMisspelt({ MCP_TOKEN: 'a', MCP_SERVER_URL: 'http://a', MCP_ENDPOINT: ' ' })).toEqual([
        'MCP_TOKEN is not a variable of this client; did you mean MCP_AUTH_TOKEN?',
        'MCP_SERVER_URL is not a variable of this client; did you mean MCP_URL?'
    ]);
    expect(findMisspelt({ MCP_TOKEN: 'a', MCP_AUTH_TOKEN: 'b', MCP_URL: 'c', AUTH_TOKEN: 'd', MCP_HOME: 'e' })).toEqual(
        []
    );
});
