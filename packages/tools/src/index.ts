export { add } from './add.ts';
export type { CallReport, RegisterOptions } from './answer.ts';
export { builtInJokes } from './built-in-jokes.ts';
export { type CallResult, tools } from './calls.ts';
export { CLOCK_URI, type Clock, type ClockSubscription, createClock, createSubscription } from './clock.ts';
export { echo } from './echo.ts';
export { createEnvironment, DEFAULT_JOKE_API_URL, JOKE_API_TIMEOUT_MS } from './environment.ts';
export { capabilities, type MethodCall, methods } from './methods.ts';
export { randomJoke } from './random-joke.ts';
export { serverTime } from './server-time.ts';
export { timeZones } from './time-zone.ts';
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
