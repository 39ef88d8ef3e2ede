import type { LessonResult } from '@calc/grader';
import type { Context } from '../context.ts';
import type { JoinedBoard } from '../learner/progress.ts';
import type { Texts } from '../texts/texts.ts';
import type { Post } from './learners.ts';

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
 * @returns one line at the first failure; the failures after it are silent until a post succeeds.
 */
export async function postNews(news: News, context: Context, signal = context.signal): Promise<string | undefined> {
    const { progress, texts } = context;
    const { board } = progress.read();
    if (!board) return undefined;
    const problem = await post(news, board, texts.board, signal);
    if (signal.aborted) return undefined;
    const isLost = problem !== undefined;
    if (isLost !== board.isLost) progress.setBoard({ ...board, isLost });
    return board.isLost ? undefined : problem;
}

async function post(news: News, { url, name, code }: JoinedBoard, texts: Texts['board'], signal: AbortSignal) {
    try {
        const { ok, status, body } = await fetch(new URL('/checks', url), {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ ...news, name, code }),
            redirect: 'error',
            signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)])
        });
        await body?.cancel();
        if (ok) return undefined;
        return status === 403 ? texts.wrongCode(url) : texts.refused(url, status);
    } catch {
        return texts.silent(url);
    }
}
