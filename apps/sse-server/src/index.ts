export { type App, createApp, type Overrides } from './app.ts';
export { type Config, ConfigError, parseConfig } from './config.ts';
export { createMcpServer } from './mcp-server.ts';
export type { Metrics } from './operations/metrics.ts';
export { ListenError, type RunningServer, startServer } from './start.ts';
