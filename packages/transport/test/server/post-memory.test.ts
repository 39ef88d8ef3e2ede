import { expect, test } from 'vitest';
import { PostMemory, toPost } from '../../src/server/session/post-memory.ts';

const MEMORY_MS = 100_000;

/** A memory of POSTs with these contents, one answered each second. The place of each is that second. */
function remember(contents: readonly string[], maxPosts = 1000): PostMemory {
    const memory = new PostMemory({ maxInFlight: 256, maxRememberedPosts: maxPosts, resumeWindowMs: MEMORY_MS });
    contents.forEach((content, second) => {
        const post = toPost(content, undefined);
        memory.begin(content, post);
        post.place = second;
        memory.settle(content, second * 1000);
    });
    return memory;
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const recognizeRetry = (memory: PostMemory, content: string, second: number) =>
    memory.recognize(toPost(content, 'key'), [content], second * 1000);

test('an answered POST is remembered for the promised time, and for less than twice that time', () => {
    for (const end of [0, 50, 99]) {
        const memory = remember(['a']);
        memory.forgetOld(end * 1000);
        expect(recognizeRetry(memory, 'a', end)).toBe(0);
    }
    const memory = remember(['a', 'b']);
    memory.forgetOld(100_000);
    expect(recognizeRetry(memory, 'b', 100)).toBe(1);
    memory.forgetOld(200_000);
    expect(recognizeRetry(memory, 'b', 200)).toBe('new');
});

test('at most maxRememberedPosts POSTs are remembered, and always at least the latest half of them', () => {
    for (let count = 1; count <= letters.length; count++) {
        const memory = remember(letters.slice(0, count), 8);
        const known = letters
            .slice(0, count)
            .filter(letter => typeof recognizeRetry(memory, letter, count) === 'number');
        expect(known.length).toBeLessThanOrEqual(8);
        expect(known).toEqual(letters.slice(count - known.length, count));
        expect(known.length).toBeGreaterThanOrEqual(Math.min(count, 4));
    }
});

test('after a POST was forgotten early, an unknown marked retry is uncertain until the POST would have expired', () => {
    const memory = remember(letters.slice(0, 9), 8);
    expect(recognizeRetry(memory, 'a', 9)).toBe('outcome-unknown');
    expect(recognizeRetry(memory, 'never seen', 9)).toBe('outcome-unknown');
    expect(memory.recognize(toPost('a', undefined), ['a'], 9000)).toBe('new');
    // 'd' was forgotten last. It was answered before second 4.
    expect(recognizeRetry(memory, 'd', 103)).toBe('outcome-unknown');
    expect(recognizeRetry(memory, 'd', 104)).toBe('new');
});

test('the same content with another key is another POST, unless the first had no key', () => {
    const memory = new PostMemory({ maxInFlight: 256, maxRememberedPosts: 1000, resumeWindowMs: MEMORY_MS });
    const post = toPost('a', 'one');
    memory.begin(1, post);
    // There can be only one reply under an id, whatever the key.
    expect(memory.recognize(toPost('a', 'two'), [1], 0)).toBe(0);
    memory.settle(1, 0);
    expect(memory.recognize(toPost('a', 'one'), [1], 0)).toBe(0);
    expect(memory.recognize(toPost('a', 'two'), [1], 0)).toBe('new');
});
