import { splitAtWords } from './row-text.ts';

/** A text in which the words that are searched for are marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
    if (words.length === 0) return <>{text}</>;
    return (
        <>
            {splitAtWords(text, words).map((piece, index) =>
                index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece
            )}
        </>
    );
}
