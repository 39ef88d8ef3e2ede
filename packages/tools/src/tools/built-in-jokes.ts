/** Jokes that need no network. */
export const builtInJokes = [
    'Chuck Norris never reconnects. The stream comes back to him.',
    'Chuck Norris sends one POST and gets two replies; the second one says thank you.',
    'Chuck Norris once divided by zero. Zero apologised.',
    'The server keeps its connection alive because Chuck Norris told it to.',
    'Chuck Norris reads event streams from the end, so that he is never behind.',
    'Backpressure is what a socket feels when Chuck Norris leans on it.',
    'Chuck Norris needs no request id. Replies know whom they belong to.',
    'A time limit waited for Chuck Norris, and expired.',
    'Chuck Norris adds two numbers and the sum checks itself.',
    'When Chuck Norris calls a tool, the tool returns the call.'
] as const;
