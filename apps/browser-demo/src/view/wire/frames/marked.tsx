import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { splitAtWords } from './row-text.ts';

/** The words that the user searches for, in lower case. */
export const SearchWords = createContext<readonly string[]>([]);

/** A text with marked search words. */
export function Marked({ text }: { text: string }) {
    const words = useContext(SearchWords);
    if (words.length === 0) return <>{text}</>;
    return (
        <>
            {splitAtWords(text, words).map((piece, index) =>
                index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece
            )}
        </>
    );
}
