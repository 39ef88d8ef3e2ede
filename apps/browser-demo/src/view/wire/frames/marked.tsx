import { splitAtWords } from './row-text.ts';

/** A text with marked search words. */
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
