import { defineScript } from 'redis';
import { HOLD, HOLDS, UNHOLD } from './holder-scripts.ts';
import { END, OPEN } from './life-scripts.ts';
import { ACCEPT, APPEND, READ_EVENTS, SETTLE_ENTRIES, TAKE_INBOX } from './message-scripts.ts';
import { BEAT, HELLO, LEAVE } from './process-scripts.ts';
import { CLAIM, FIND, RELEASE, SAVE } from './session-scripts.ts';

function define(script: string, keyCount: number) {
    return defineScript({
        SCRIPT: script,
        NUMBER_OF_KEYS: keyCount,
        parseCommand(
            parser: { pushKeys(keys: string[]): unknown; push(...values: string[]): unknown },
            keys: string[],
            values: readonly string[]
        ) {
            parser.pushKeys(keys);
            parser.push(...values);
        },
        transformReply: (reply: unknown) => reply
    });
}

/** The scripts on one session: keys and values begin as `prelude.ts` says. */
const sessionScripts = {
    open: define(OPEN, 3),
    find: define(FIND, 3),
    claim: define(CLAIM, 3),
    release: define(RELEASE, 3),
    save: define(SAVE, 3),
    end: define(END, 3),
    accept: define(ACCEPT, 3),
    takeInbox: define(TAKE_INBOX, 3),
    settle: define(SETTLE_ENTRIES, 3),
    append: define(APPEND, 3),
    hold: define(HOLD, 3),
    holds: define(HOLDS, 3),
    unhold: define(UNHOLD, 3),
    readEvents: define(READ_EVENTS, 3)
};

export type SessionScript = keyof typeof sessionScripts;

export const scripts = {
    ...sessionScripts,
    hello: define(HELLO, 1),
    beat: define(BEAT, 4),
    leave: define(LEAVE, 4)
};

export type Script = keyof typeof scripts;
