import { expect, test } from 'vitest';
import { KnownPosts, toPost } from '../../src/server/session/known-posts.ts';

const REMEMBERED_MS = 100_000;

/** The POSTs with these contents, one answered each second. The answer of each is at that second. */
function remember(contents: readonly string[], maxPosts = 1000): KnownPosts {
    const posts = new KnownPosts({ maxInFlight: 256, maxRememberedPosts: maxPosts, resumeWindowMs: REMEMBERED_MS });
    contents.forEach((content, second) => {
        const post = toPost(content, undefined);
        posts.begin(content, post);
        post.answerAt = second;
        posts.settle(content, second * 1000);
    });
    return posts;
}

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
const recognizeRetry = (posts: KnownPosts, content: string, second: number) =>
    posts.recognize(toPost(content, 'key'), [content], second * 1000);

test('an answered POST is remembered for the promised time, and for less than twice that time', () => {
    for (const end of [0, 50, 99]) {
        const posts = remember(['a']);
        posts.forgetOld(end * 1000);
        expect(recognizeRetry(posts, 'a', end)).toBe(0);
    }
    const posts = remember(['a', 'b']);
    posts.forgetOld(100_000);
    expect(recognizeRetry(posts, 'b', 100)).toBe(1);
    posts.forgetOld(200_000);
    expect(recognizeRetry(posts, 'b', 200)).toBe('new');
});

test('at most maxRememberedPosts POSTs are remembered, and always at least the latest half of them', () => {
    for (let count = 1; count <= letters.length; count++) {
        const posts = remember(letters.slice(0, count), 8);
        const known = letters
            .slice(0, count)
            .filter(letter => typeof recognizeRetry(posts, letter, count) === 'number');
        expect(known.length).toBeLessThanOrEqual(8);
        expect(known).toEqual(letters.slice(count - known.length, count));
        expect(known.length).toBeGreaterThanOrEqual(Math.min(count, 4));
    }
});

test('after a POST was forgotten early, an unknown marked retry is uncertain until the POST would have expired', () => {
    const posts = remember(letters.slice(0, 9), 8);
    expect(recognizeRetry(posts, 'a', 9)).toBe('outcome-unknown');
    expect(recognizeRetry(posts, 'never seen', 9)).toBe('outcome-unknown');
    expect(posts.recognize(toPost('a', undefined), ['a'], 9000)).toBe('new');
    // 'd' was forgotten last. It was answered before second 4.
    expect(recognizeRetry(posts, 'd', 103)).toBe('outcome-unknown');
    expect(recognizeRetry(posts, 'd', 104)).toBe('new');
});

test('the same content with another key is another POST, unless the first had no key', () => {
    const posts = new KnownPosts({ maxInFlight: 256, maxRememberedPosts: 1000, resumeWindowMs: REMEMBERED_MS });
    const post = toPost('a', 'one');
    posts.begin(1, post);
    // There can be only one reply under an id, whatever the key.
    expect(posts.recognize(toPost('a', 'two'), [1], 0)).toBe(0);
    posts.settle(1, 0);
    expect(posts.recognize(toPost('a', 'one'), [1], 0)).toBe(0);
    expect(posts.recognize(toPost('a', 'two'), [1], 0)).toBe('new');
});
