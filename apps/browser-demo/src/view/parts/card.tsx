import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface CardProps {
    title: string;
    /** What it is called in the protocol. */
    name?: string;
    /** What it is, or will do. */
    description: ComponentChildren;
    /** Beside the title: then all of it is small. */
    buttons?: ComponentChildren;
    children: ComponentChildren;
}

/** Something that can be tried, and what comes of it. */
export function Card({ title, name, description, buttons, children }: CardProps) {
    const titleId = useId();
    return (
        <section class={buttons ? 'card compact' : 'card'} aria-labelledby={titleId}>
            <div class="card-head">
                <h3 id={titleId}>
                    {title} {name !== undefined && <code>{name}</code>}
                </h3>
                {buttons && <div class="buttons">{buttons}</div>}
            </div>
            <p class="description">{description}</p>
            {children}
        </section>
    );
}
