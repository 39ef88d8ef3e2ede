import { expect, test } from 'vitest';
import { PostMemory, toPost } from '../../src/server/session/post-memory.ts';

const MEMORY_MS = 100_000;

/** A memory in which POSTs of these contents were answered, one each second; the place is the time in seconds. */
function remember(contents: readonly string[], maxPosts = 1000): PostMemory {
    const memory = new PostMemory({ maxRememberedPosts: maxPosts, resumeWindowMs: MEMORY_MS });
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

test('an answered POST is remembered for the time, and for less than twice as long', () => {
    for (const end of [0, 50, 99]) {
        const memory = remember(['a']);
        memory.forgetOld(end * 1000);
        expect(recognizeRetry(memory, 'a', end)).toEqual({ place: 0 });
    }
    const memory = remember(['a', 'b']);
    memory.forgetOld(100_000);
    expect(recognizeRetry(memory, 'b', 100)).toEqual({ place: 1 });
    memory.forgetOld(200_000);
    expect(recognizeRetry(memory, 'b', 200)).toBe('new');
});

test('no more POSTs are remembered than there is room for, and the latest half of them always', () => {
    for (let count = 1; count <= letters.length; count++) {
        const memory = remember(letters.slice(0, count), 8);
        const known = letters
            .slice(0, count)
            .filter(letter => typeof recognizeRetry(memory, letter, count) === 'object');
        expect(known.length).toBeLessThanOrEqual(8);
        expect(known).toEqual(letters.slice(count - known.length, count));
        expect(known.length).toBeGreaterThanOrEqual(Math.min(count, 4));
    }
});

test('what was forgotten too early makes a marked retry uncertain, until it would have been forgotten anyway', () => {
    const memory = remember(letters.slice(0, 9), 8);
    expect(recognizeRetry(memory, 'a', 9)).toBe('outcome-unknown');
    expect(recognizeRetry(memory, 'never seen', 9)).toBe('outcome-unknown');
    expect(memory.recognize(toPost('a', undefined), ['a'], 9000)).toBe('new');
    // 'd' was the last to be forgotten, and was answered before second 4.
    expect(recognizeRetry(memory, 'd', 103)).toBe('outcome-unknown');
    expect(recognizeRetry(memory, 'd', 104)).toBe('new');
});

test('the same content with another key is another POST, unless the first had none', () => {
    const memory = new PostMemory({ maxRememberedPosts: 1000, resumeWindowMs: MEMORY_MS });
    const post = toPost('a', 'one');
    memory.begin(1, post);
    // There can be one answer only, whatever the key.
    expect(memory.recognize(toPost('a', 'two'), [1], 0)).toEqual({ place: 0 });
    memory.settle(1, 0);
    expect(memory.recognize(toPost('a', 'one'), [1], 0)).toEqual({ place: 0 });
    expect(memory.recognize(toPost('a', 'two'), [1], 0)).toBe('new');
});
