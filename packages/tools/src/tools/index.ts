// All tools of the calculator, one a line: every export is a tool. Clients list them in the order of these names.

export { add } from './add.ts';
export { echo } from './echo.ts';
export { randomJoke } from './random-joke.ts';
export { serverTime } from './server-time.ts';
