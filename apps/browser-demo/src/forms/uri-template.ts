/** By operator of RFC 6570: the text before the first value of an expression, and between its values. */
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

/** The variable names of a template, in order, each once. */
export function variablesOf(template: string): string[] {
    return [...new Set([...template.matchAll(EXPRESSION)].flatMap(([, , list = '']) => namesIn(list)))];
}

/** Expands a template. A variable without a value is left out together with its separator. */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
    return template.replace(EXPRESSION, (_all, operator: string, list: string) => {
        const [first, separator] = OPERATORS[operator] ?? ['', ''];
        const parts = namesIn(list).flatMap(name => {
            const value = Object.hasOwn(values, name) ? values[name] : undefined;
            if (!value) return [];
            // The operators `+` and `#` keep the reserved characters of URIs.
            const encoded = /[+#]/.test(operator)
                ? encodeURI(value).replace(/%25([\da-f]{2})/gi, '%$1')
                : encodeURIComponent(value).replace(/[!'()*]/g, percentEncode);
            return [/[;?&]/.test(operator) ? `${name}=${encoded}` : encoded];
        });
        return parts.length === 0 ? '' : first + parts.join(separator);
    });
}

/** Characters that RFC 6570 escapes and `encodeURIComponent` does not. */
function percentEncode(mark: string): string {
    return `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The modifiers `*` (spread a list) and `:3` (cut) are ignored: values are text, and servers do not use the prefix. */
function namesIn(list: string): string[] {
    return list.split(',').map(part => part.trim().replace(/\*|:\d+$/g, ''));
}
