export { createEnvironment } from './environment.ts';
export type { CallReport, RegisterOptions } from './methods/answer.ts';
export { type CallResult, tools } from './methods/calls.ts';
export { capabilities, type MethodCall, methods } from './methods/methods.ts';
export { CLOCK_URI, type Clock, type ClockSubscription, createClock, createSubscription } from './resources/clock.ts';
export { serverInfo } from './server-info.ts';
export { JOKE_API_TIMEOUT_MS } from './settings.ts';
export {
    type CallContext,
    defineTool,
    type Environment,
    type Tool,
    ToolError,
    type ToolErrorCode,
    type ToolHints,
    type ToolResult,
    type TransportName
} from './tool.ts';
export { add } from './tools/add.ts';
export { builtInJokes } from './tools/built-in-jokes.ts';
export { echo } from './tools/echo.ts';
export { randomJoke } from './tools/random-joke.ts';
export { serverTime } from './tools/server-time.ts';
export { timeZones } from './tools/time-zone.ts';
