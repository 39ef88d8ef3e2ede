import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../package.json');

/** How every server of the calculator introduces itself; all packages have one version. */
export const serverInfo = { name: 'mcp-calculator', title: 'MCP calculator', version: String(version) };
