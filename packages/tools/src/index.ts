import { add } from './add.ts';
import { echo } from './echo.ts';
import { randomJoke } from './random-joke.ts';
import { serverTime } from './server-time.ts';

export { builtInJokes } from './built-in-jokes.ts';
export { CLOCK_URI, type Clock, createClock } from './clock.ts';
export { createEnvironment, DEFAULT_JOKE_API_URL } from './environment.ts';
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
export { add, echo, randomJoke, serverTime };

/** All tools of the calculator, in the order in which clients list them. */
export const tools = [add, echo, serverTime, randomJoke] as const;
