import type { ClientRequest } from 'node:http';

/** A worker answers neither a request nor a question. It hangs, or its processor has too much to do. */
export class WorkerHangs extends Error {
    override name = 'WorkerHangs';
}

/**
 * Ends a request to another worker with `WorkerHangs` if no head of an answer has come in time and the worker does not
 * answer a question either. A tool may take longer: then the worker answers the question.
 *
 * @param silenceMs how long to wait before each question, in milliseconds.
 */
export function limitSilence(outgoing: ClientRequest, silenceMs: number, isAnswering: () => Promise<boolean>): void {
    let isOver = false;
    const check = async () => {
        const isWell = await isAnswering();
        if (isOver) return;
        if (isWell) timer = setTimeout(check, silenceMs);
        else outgoing.destroy(new WorkerHangs());
    };
    let timer = setTimeout(check, silenceMs);
    const stop = () => {
        isOver = true;
        clearTimeout(timer);
    };
    outgoing.on('response', stop);
    outgoing.on('close', stop);
}
