export { run } from './cli.ts';
export { connect } from './connection/connect.ts';
export type { Connection, ConnectOptions } from './connection/connection.ts';
export type { Io } from './output/io.ts';
export { runOn } from './shell/run-line.ts';
