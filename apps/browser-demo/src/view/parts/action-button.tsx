import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

interface ActionButtonProps extends Omit<ButtonHTMLAttributes, 'disabled' | 'onClick' | 'children'> {
    /** Whether the button has nothing to do now. */
    idle?: boolean;
    onClick?: () => void;
    children: ComponentChildren;
}

/** A button that can be idle. Unlike a `disabled` button, it keeps the keyboard focus. */
export function ActionButton({ idle = false, onClick, type = 'button', children, ...rest }: ActionButtonProps) {
    return (
        <button {...rest} type={type} aria-disabled={idle} onClick={() => !idle && onClick?.()}>
            {children}
        </button>
    );
}
