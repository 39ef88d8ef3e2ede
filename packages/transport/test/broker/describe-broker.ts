import { describe } from 'vitest';
import { describeBytes } from './describe-bytes.ts';
import { describeHolders } from './describe-holders.ts';
import { describeMessages } from './describe-messages.ts';
import { describeOwners } from './describe-owners.ts';
import { describeSessions } from './describe-sessions.ts';
import type { MakeHub } from './test-hub.ts';

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
