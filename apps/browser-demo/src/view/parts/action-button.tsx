import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';

interface ActionButtonProps extends Omit<ButtonHTMLAttributes, 'disabled' | 'onClick' | 'children'> {
    /** Whether there is nothing to do now. */
    idle?: boolean;
    onClick?: () => void;
    children: ComponentChildren;
}

/** A button that can have nothing to do. Unlike `disabled`, that leaves the focus where the keyboard has it. */
export function ActionButton({ idle = false, onClick, type = 'button', children, ...rest }: ActionButtonProps) {
    return (
        <button {...rest} type={type} aria-disabled={idle} onClick={() => !idle && onClick?.()}>
            {children}
        </button>
    );
}
