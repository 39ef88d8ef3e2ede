import { expect, test } from 'vitest';
import { Budget, type Spender } from '../../src/server/delivery/memory-limit.ts';

/** Keeps messages of 100 bytes each, and does what it may to have fewer. */
function createSpender(budget: Budget, messages: number, may: Partial<Record<keyof Spender, boolean>>) {
    budget.messages += messages;
    budget.bytes += 100 * messages;
    const did: string[] = [];
    const relieve = (what: keyof Spender) => () => {
        if (!may[what] || messages === 0) return false;
        did.push(what);
        if (what === 'cutOff') {
            may = { ...may, cutOff: false };
            budget.catchingUp++;
            return true;
        }
        const count = what === 'giveUp' ? messages : 1;
        messages -= count;
        budget.messages -= count;
        budget.bytes -= 100 * count;
        return true;
    };
    budget.join({ forgetOne: relieve('forgetOne'), cutOff: relieve('cutOff'), giveUp: relieve('giveUp') });
    return did;
}

test('what may be forgotten goes first, the oldest spender’s before others', () => {
    const budget = new Budget(250);
    const first = createSpender(budget, 2, { forgetOne: true });
    const second = createSpender(budget, 2, { forgetOne: true, cutOff: true });
    expect(budget.makeRoom()).toBe(true);
    expect([first, second, budget.bytes]).toEqual([['forgetOne', 'forgetOne'], [], 200]);
});

test('the newest message stays, so that with the one to come two are kept', () => {
    const budget = new Budget(10);
    const spender = createSpender(budget, 1, { cutOff: true, giveUp: true });
    expect(budget.makeRoom()).toBe(true);
    expect(spender).toEqual([]);
});

test('a reader is cut off for want of anything else, and may have as much again', () => {
    const budget = new Budget(100);
    const spender = createSpender(budget, 2, { cutOff: true });
    expect(budget.makeRoom()).toBe(true);
    expect(budget.makeRoom()).toBe(true);
    createSpender(budget, 1, {});
    expect(budget.makeRoom()).toBe(false);
    expect(spender).toEqual(['cutOff']);
});

test('what waits for who is away is given up before another reader is cut off', () => {
    const budget = new Budget(100);
    const away = createSpender(budget, 2, { giveUp: true });
    const reader = createSpender(budget, 1, { cutOff: true });
    expect(budget.makeRoom()).toBe(true);
    expect([away, reader]).toEqual([['giveUp'], []]);
});

test('what is in transit does not count, up to eight times the limit or the largest', () => {
    const budget = new Budget(100);
    const spender = createSpender(budget, 9, { cutOff: true });
    budget.setInTransit(400, 0);
    budget.setInTransit(400, 0);
    expect(budget.makeRoom()).toBe(true);
    expect(spender).toEqual([]);
    const more = createSpender(budget, 1, { cutOff: true });
    budget.setInTransit(100, 0);
    expect(budget.makeRoom()).toBe(true);
    expect([spender, more]).toEqual([['cutOff'], []]);

    const large = new Budget(100);
    createSpender(large, 20, {});
    large.setInTransit(1900, 0);
    expect(large.makeRoom()).toBe(true);
    large.setInTransit(0, 1900);
    expect(large.makeRoom()).toBe(false);
});

test('who has left is not asked', () => {
    const budget = new Budget(100);
    const gone = { forgetOne: () => true, cutOff: () => true, giveUp: () => true };
    budget.join(gone);
    budget.leave(gone);
    const spender = createSpender(budget, 3, { forgetOne: true });
    expect(budget.makeRoom()).toBe(true);
    expect(spender).toHaveLength(2);
});
