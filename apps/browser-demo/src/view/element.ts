type Attributes = Readonly<Record<string, string>>;

/** A new element. Strings become text, never markup, so what a server sends cannot become part of the page. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes: Attributes = {},
    ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
}

let lastId = 0;

/** An id that no other element has, to tie labels and descriptions to what they are about. */
export function uniqueId(): string {
    return `e${++lastId}`;
}

/**
 * The element of the page with that id.
 *
 * @throws {TypeError} if the page lacks it, or has something else in its place.
 */
export function findById<Type extends HTMLElement>(id: string, type: new () => Type): Type {
    const node = document.getElementById(id);
    if (!(node instanceof type)) throw new TypeError(`index.html must have a ${type.name} with the id ${id}`);
    return node;
}
