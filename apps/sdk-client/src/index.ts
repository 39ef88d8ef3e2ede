export { run } from './cli.ts';
export { connect } from './connection/connect.ts';
export type { Connection } from './connection/connection.ts';
export type { ConnectOptions } from './connection/link.ts';
export type { Io } from './output/io.ts';
export { runOn } from './shell/run-line.ts';
