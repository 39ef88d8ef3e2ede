import { z } from 'zod';

const MAX_LEARNERS = 200;

/** A learner whose check has failed for longer than this is stuck. */
const STUCK_MS = 10 * 60_000;

const text = (reason: string, pattern = /^/) => z.string(reason).trim().regex(pattern, reason);

/** What a learner posts. `learner` is the id of the working copy, since two learners may have the same name. `check` is the id of the check that fails; without it, the code does not start. */
export const postSchema = z.object({
    learner: text('learner must be 32 hexadecimal digits', /^[0-9a-f]{32}$/),
    name: text('name must be 1 to 40 characters on one line', /^[^\p{Cc}\p{Cs}]{1,40}$/u),
    lesson: text('lesson must be two digits, such as "03"', /^\d\d$/),
    status: z.enum(['started', 'passed', 'failing'], 'status must be started, passed or failing'),
    check: text('check must be an id, such as "stream-opens"', /^[a-z0-9-]{1,60}$/).optional(),
    code: text('code must be text').optional()
});

/** What the board replies: the name that it shows. A number follows the name if another learner had it first. */
export const replySchema = z.object({ shownAs: z.string().regex(/^[^\p{Cc}\p{Cs}]{1,50}$/u) });

export type Post = z.infer<typeof postSchema>;

interface Entry extends Omit<Post, 'code' | 'learner'> {
    /** The name, with a number if another learner had it first. */
    shownAs: string;
    /** Whether the last save did not even start. */
    isDown: boolean;
    /** When this check failed first, in milliseconds. */
    since: number;
}

export interface Learner extends Entry {
    isStuck: boolean;
}

/** Who is at which lesson. Kept in memory only. */
export class Learners {
    readonly #byId = new Map<string, Entry>();

    /** @returns the name that the board shows, or undefined if it has no room for one more learner. */
    add({ learner, name, lesson, status, check }: Post, now: number): string | undefined {
        const before = this.#byId.get(learner);
        if (!before && this.#byId.size === MAX_LEARNERS) return undefined;
        const shownAs = before?.name === name ? before.shownAs : this.#findFreeName(name);
        // Another start is not progress, and neither is code that does not start.
        if (status === 'started' && before?.lesson === lesson) {
            Object.assign(before, { name, shownAs });
            return shownAs;
        }
        const isSame =
            before?.lesson === lesson && before.status === status && (check ?? before.check) === before.check;
        this.#byId.set(learner, {
            name,
            shownAs,
            lesson,
            status,
            check: check ?? (isSame ? before.check : undefined),
            isDown: status === 'failing' && check === undefined,
            since: isSame ? before.since : now
        });
        return shownAs;
    }

    #findFreeName(name: string): string {
        const shown = new Set([...this.#byId.values()].map(({ shownAs }) => shownAs));
        let free = name;
        for (let number = 2; shown.has(free); number++) free = `${name} (${number})`;
        return free;
    }

    /** Sorted: stuck learners come first, the longest wait at the top. The other learners follow, by name. */
    list(now: number): Learner[] {
        const isStuck = ({ status, since }: Entry) => status === 'failing' && now - since > STUCK_MS;
        const byWaiting = (a: Learner, b: Learner) => (a.isStuck && b.isStuck ? a.since - b.since : 0);
        return [...this.#byId.values()]
            .map(each => ({ ...each, isStuck: isStuck(each) }))
            .sort((a, b) => +b.isStuck - +a.isStuck || byWaiting(a, b) || a.shownAs.localeCompare(b.shownAs));
    }
}
