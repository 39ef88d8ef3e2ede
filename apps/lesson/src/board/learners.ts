import { z } from 'zod';

const MAX_LEARNERS = 200;

/** A learner whose check has failed for longer than this is stuck. */
const STUCK_MS = 10 * 60_000;

const text = (reason: string, pattern = /^/) => z.string(reason).trim().regex(pattern, reason);

/** What a learner posts. `check` is the id of the check that fails; without it, the code does not start. */
export const postSchema = z.object({
    name: text('name must be 1 to 40 characters on one line', /^[^\p{Cc}\p{Cs}]{1,40}$/u),
    lesson: text('lesson must be two digits, such as "03"', /^\d\d$/),
    status: z.enum(['started', 'passed', 'failing'], 'status must be started, passed or failing'),
    check: text('check must be an id, such as "stream-opens"', /^[a-z0-9-]{1,60}$/).optional(),
    code: text('code must be text').optional()
});

export type Post = z.infer<typeof postSchema>;

interface Entry extends Omit<Post, 'code'> {
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
    readonly #byName = new Map<string, Entry>();

    /** @returns whether there is room for this learner. */
    add({ name, lesson, status, check }: Post, now: number): boolean {
        const before = this.#byName.get(name);
        if (!before && this.#byName.size === MAX_LEARNERS) return false;
        // Another start is not progress, and neither is code that does not start.
        if (status === 'started' && before?.lesson === lesson) return true;
        const isSame =
            before?.lesson === lesson && before.status === status && (check ?? before.check) === before.check;
        this.#byName.set(name, {
            name,
            lesson,
            status,
            check: check ?? (isSame ? before.check : undefined),
            isDown: status === 'failing' && check === undefined,
            since: isSame ? before.since : now
        });
        return true;
    }

    /** Sorted: stuck learners come first, the longest wait at the top. The other learners follow, by name. */
    list(now: number): Learner[] {
        const isStuck = ({ status, since }: Entry) => status === 'failing' && now - since > STUCK_MS;
        const byWaiting = (a: Learner, b: Learner) => (a.isStuck && b.isStuck ? a.since - b.since : 0);
        return [...this.#byName.values()]
            .map(each => ({ ...each, isStuck: isStuck(each) }))
            .sort((a, b) => +b.isStuck - +a.isStuck || byWaiting(a, b) || a.name.localeCompare(b.name));
    }
}
