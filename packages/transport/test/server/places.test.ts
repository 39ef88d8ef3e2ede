import { expect, test } from 'vitest';
import { type Holder, Places } from '../../src/server/session/places.ts';

test('one client may take all places, and clients that hold few may take a tenth more', () => {
    const places = new Places(200);
    const taken: (Holder | undefined)[] = [];
    const take = (name: string) => {
        const holder = places.take(name);
        taken.push(holder);
        return holder !== undefined;
    };
    for (let count = 1; count <= 200; count++) expect(take('large')).toBe(true);
    expect([take('large'), places.isFull, places.holdsFew('large')]).toEqual([false, true, false]);
    // Holding few means less than a hundredth.
    expect([take('small'), take('small'), take('small')]).toEqual([true, true, false]);
    for (let count = 1; count <= 18; count++) expect(take(`one of many ${count}`)).toBe(true);
    expect([take('too late'), places.taken, places.limit]).toEqual([false, 220, 220]);
    for (const holder of taken) if (holder) places.release(holder);
    expect([places.taken, places.countOf('large'), places.countOf('small')]).toEqual([0, 0, 0]);
});
