import type { ComponentProps } from 'preact';

/** A button without a border, for what is not the main action; `look` is one more class. */
export function QuietButton({ look = '', ...rest }: ComponentProps<'button'> & { look?: string }) {
    return <button type="button" class={`quiet ${look}`} {...rest} />;
}
