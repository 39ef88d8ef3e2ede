import { describe } from 'vitest';
import type { MakeHub } from '../test-hub.ts';
import { describeBytes } from './bytes.ts';
import { describeHolders } from './holders.ts';
import { describeMessages } from './messages.ts';
import { describeOwners } from './owners.ts';
import { describeSessions } from './sessions.ts';

/** What every broker does, for each implementation. */
export function describeBroker(name: string, makeHub: MakeHub, isSkipped = false): void {
    describe.skipIf(isSkipped)(name, () => {
        describeSessions(makeHub);
        describeMessages(makeHub);
        describeOwners(makeHub);
        describeHolders(makeHub);
        describeBytes(makeHub);
    });
}
