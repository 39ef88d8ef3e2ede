import { type Context, EXIT, Exit } from '../context.ts';
import { postSchema } from './learners.ts';

/** The options of `start`. `board` is false for --no-board. */
export interface BoardChoice {
    board?: string | false;
    name?: string;
    code?: string;
}

/** Keeps the board for later starts, or forgets it. Without options, nothing changes. */
export function joinBoard({ board, name, code }: BoardChoice, { progress, texts: { board: texts } }: Context): void {
    if (board === false) return progress.setBoard(undefined);
    if (board === undefined && name === undefined && code === undefined) return;
    const kept = progress.read().board;
    const url = board === undefined ? kept?.url : readOrigin(board);
    if (url === undefined) throw new Exit(EXIT.usage, board === undefined ? texts.needsBoard : texts.notAUrl(board));
    const parsed = postSchema.shape.name.safeParse(name ?? kept?.name);
    if (!parsed.success) throw new Exit(EXIT.usage, name === undefined ? texts.needsName : texts.notAName);
    // The code of another board is of no use to this one.
    const keptCode = url === kept?.url ? kept.code : undefined;
    progress.setBoard({ url, name: parsed.data, code: code ?? keptCode, isLost: false });
}

function readOrigin(word: string): string | undefined {
    const url = URL.canParse(word) ? new URL(word) : undefined;
    return url?.protocol === 'http:' || url?.protocol === 'https:' ? url.origin : undefined;
}
