export { type App, createApp } from './app.ts';
export { type Config, ConfigError, parseConfig } from './config.ts';
export { createMcpServer } from './mcp-server.ts';
export { ListenError, type RunningServer, startServer } from './start.ts';
