export { createEnvironment } from './environment.ts';
export type { CallReport, RegisterOptions } from './methods/answer.ts';
export { tools } from './methods/calls.ts';
export { CLOCK_URI, type Clock, createClock, createSubscription } from './resources/clock.ts';
export { serverInfo } from './server-info.ts';
export { JOKE_API_TIMEOUT_MS } from './settings.ts';
export type { Environment } from './tool.ts';
export { builtInJokes } from './tools/built-in-jokes.ts';
