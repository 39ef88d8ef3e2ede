/** A text of the page in which backticks enclose code. */
export function RichText({ text }: { text: string }) {
    return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}
