export { type App, createApp, type Overrides } from './app.ts';
export { type Config, ConfigError, parseConfig } from './config.ts';
export { createMcpServer } from './mcp-server.ts';
export type { Metrics } from './operations/metrics.ts';
export { createServers, type Servers } from './servers.ts';
export { ListenError, type RunningServer, startServer } from './start.ts';
export { createStateless, type Stateless, type StatelessLimits } from './stateless.ts';
