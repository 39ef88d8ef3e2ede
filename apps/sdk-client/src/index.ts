export { run, runOn } from './cli.ts';
export { type Connection, type ConnectOptions, connect } from './connection/connect.ts';
export type { Io } from './output/io.ts';
