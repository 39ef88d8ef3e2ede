export { type App, createApp, type Overrides } from './app.ts';
export { type Config, parseConfig } from './config/config.ts';
export { ConfigError, type ConfigErrorCode } from './config/config-error.ts';
export { createMcpServer } from './mcp/mcp-server.ts';
export { createServers, type Servers } from './mcp/servers.ts';
export { createStateless, type Stateless, type StatelessLimits } from './mcp/stateless.ts';
export type { Metrics } from './operations/metrics.ts';
export { createPeers } from './peers/peers.ts';
export { type RunningServer, startServer } from './start.ts';
