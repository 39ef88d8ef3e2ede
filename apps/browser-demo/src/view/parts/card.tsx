import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface CardProps {
    title: string;
    /** The name in the protocol. */
    name?: string;
    /** The description. */
    description: ComponentChildren;
    /** Next to the title; the whole card is then small. */
    buttons?: ComponentChildren;
    /** The name of the card in the tour. */
    tour?: string;
    children: ComponentChildren;
}

/** A card with a title, a description and content. */
export function Card({ title, name, description, buttons, tour, children }: CardProps) {
    const titleId = useId();
    return (
        <section class={buttons ? 'card compact' : 'card'} aria-labelledby={titleId} data-tour={tour}>
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
