import { expect, test } from 'vitest';
import { parseRun, SuiteError } from '../src/suite/parse-run.ts';

// What 0.1.16 printed, and two of the checks that it wrote.
const OUTPUT = `Running pending suite (2 scenarios) against http://127.0.0.1:33495/mcp


=== Running scenario: json-schema-2020-12 ===
Running client scenario 'json-schema-2020-12' against server: http://127.0.0.1:33495/mcp
Results saved to out7/server-json-schema-2020-12-2026-11-21T07-00-08-396Z

=== Running scenario: server-sse-polling ===
Running client scenario 'server-sse-polling' against server: http://127.0.0.1:33495/mcp
Results saved to out7/server-server-sse-polling-2026-11-21T07-00-08-472Z


=== SUMMARY ===
✓ json-schema-2020-12: 4 passed, 0 failed
✓ server-sse-polling: 3 passed, 0 failed

Total: 7 passed, 0 failed
`;
const CHECKS = `[
  {
    "id": "json-schema-2020-12-tool-found",
    "name": "JsonSchema2020_12ToolFound",
    "description": "Server advertises tool 'json_schema_2020_12_tool'",
    "status": "SUCCESS",
    "timestamp": "2026-11-21T07:00:08.455Z",
    "details": { "toolFound": true }
  },
  {
    "id": "server-sse-retry-field",
    "name": "ServerSendsRetryField",
    "description": "Server SHOULD send retry field to control client reconnection timing",
    "status": "WARNING",
    "timestamp": "2026-11-21T06:49:16.567Z",
    "details": { "hasRetryField": false },
    "errorMessage": "Server did not send retry field. This is recommended for controlling client reconnection timing."
  }
]`;

test('each scenario of a run has the checks in the folder that the suite names', () => {
    const read: string[] = [];
    const results = parseRun(OUTPUT, folder => {
        read.push(folder);
        return CHECKS;
    });
    expect(read).toEqual([
        'out7/server-json-schema-2020-12-2026-11-21T07-00-08-396Z',
        'out7/server-server-sse-polling-2026-11-21T07-00-08-472Z'
    ]);
    expect(results.map(({ scenario }) => scenario)).toEqual(['json-schema-2020-12', 'server-sse-polling']);
    expect(results[0]?.checks).toEqual([
        { id: 'json-schema-2020-12-tool-found', status: 'SUCCESS' },
        {
            id: 'server-sse-retry-field',
            status: 'WARNING',
            errorMessage: expect.stringContaining('did not send retry field')
        }
    ]);
});

test('a scenario that leaves no results has failed', () => {
    const [, polling] = parseRun(OUTPUT.replace(/^Results saved to .*polling.*$/m, ''), () => CHECKS);
    expect(polling?.checks).toMatchObject([{ id: 'server-sse-polling', status: 'FAILURE' }]);
});

test.each([
    ['before its summary', OUTPUT.slice(0, OUTPUT.indexOf('=== SUMMARY'))],
    ['before its last scenario', OUTPUT.replace(/=== Running scenario: server-sse-polling[\s\S]*?\n\n/, '')],
    ['before it began', '']
])('a suite that ends %s is not taken for one that passes', (_when, output) => {
    expect(() => parseRun(output, () => CHECKS)).toThrow(SuiteError);
});
