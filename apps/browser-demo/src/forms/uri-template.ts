/** What stands before the first value of an expression of RFC 6570, and between its values, by operator. */
const OPERATORS: Readonly<Record<string, readonly [first: string, separator: string]>> = {
    '': ['', ','],
    '+': ['', ','],
    '#': ['#', ','],
    '.': ['.', '.'],
    '/': ['/', '/'],
    ';': [';', ';'],
    '?': ['?', '&'],
    '&': ['&', '&']
};

const EXPRESSION = /\{([+#./;?&]?)([^{}]*)\}/g;

/** The names of the variables of a template, in its order, each once. */
export function variablesOf(template: string): string[] {
    return [...new Set([...template.matchAll(EXPRESSION)].flatMap(([, , list = '']) => namesIn(list)))];
}

/** The URI of a template with texts as its variables; one without a text is left out, with what belongs to it. */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
    return template.replace(EXPRESSION, (_all, operator: string, list: string) => {
        const [first, separator] = OPERATORS[operator] ?? ['', ''];
        const parts = namesIn(list).flatMap(name => {
            const value = Object.hasOwn(values, name) ? values[name] : undefined;
            if (!value) return [];
            // Open operators let through what has a meaning in URIs.
            const encoded = /[+#]/.test(operator)
                ? encodeURI(value).replace(/%25([\da-f]{2})/gi, '%$1')
                : encodeURIComponent(value).replace(/[!'()*]/g, percentEncode);
            return [/[;?&]/.test(operator) ? `${name}=${encoded}` : encoded];
        });
        return parts.length === 0 ? '' : first + parts.join(separator);
    });
}

/** What `encodeURIComponent` leaves as it is, and RFC 6570 does not. */
function percentEncode(mark: string): string {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Texts are no lists, which `*` would spread; nor does any server cut them, as `:3` would. */
function namesIn(list: string): string[] {
    return list.split(',').map(part => part.trim().replace(/\*|:\d+$/g, ''));
}
