import type { LessonResult } from '@calc/grader';
import type { Context } from '../context.ts';
import type { Texts } from '../texts/texts.ts';
import { type Post, replySchema } from './learners.ts';

/** A board that is slower than this counts as lost, in milliseconds. */
const LIMIT_MS = 2000;

type News = Pick<Post, 'lesson' | 'status' | 'check'>;

export function toNews({ lesson, status, checks }: LessonResult): News {
    if (status === 'pass') return { lesson, status: 'passed' };
    return { lesson, status: 'failing', check: checks.find(each => each.status !== 'pass')?.id };
}

/**
 * Posts to the board that the learner has joined, if there is one. Never throws.
 *
 * @returns one line for the learner, or none: at the first failure, since the failures after it are silent until a post
 * succeeds, and when the board shows another name than the learner's.
 */
export async function postNews(news: News, context: Context, signal = context.signal): Promise<string | undefined> {
    const { progress, texts } = context;
    const { board } = progress.read();
    if (!board) return undefined;
    const { problem, shownAs = board.shownAs } = await post(
        { ...news, learner: progress.learner(), name: board.name, code: board.code },
        board.url,
        texts.board,
        signal
    );
    if (signal.aborted) return undefined;
    const isLost = problem !== undefined;
    if (isLost !== board.isLost || shownAs !== board.shownAs) progress.setBoard({ ...board, isLost, shownAs });
    if (isLost) return board.isLost ? undefined : problem;
    const isRenamed = shownAs !== undefined && shownAs !== (board.shownAs ?? board.name);
    return isRenamed ? texts.board.sameName(shownAs) : undefined;
}

/** Returns the name that the board shows, or one line on why it shows nothing. */
async function post(
    body: Post,
    url: string,
    texts: Texts['board'],
    signal: AbortSignal
): Promise<{ problem?: string; shownAs?: string }> {
    try {
        const response = await fetch(new URL('/checks', url), {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
            redirect: 'error',
            signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
        });
        const { ok, status } = response;
        if (ok) return replySchema.parse(await response.json());
        await response.body?.cancel();
        return { problem: status === 403 ? texts.wrongCode(url) : texts.refused(url, status) };
    } catch {
        return { problem: texts.silent(url) };
    }
}
