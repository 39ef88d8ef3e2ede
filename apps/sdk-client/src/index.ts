export { run, runOn } from './cli.ts';
export { type Connection, type ConnectOptions, connect } from './connect.ts';
export type { Io } from './io.ts';
