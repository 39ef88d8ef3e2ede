/** How the expressions of RFC 6570 begin, part and name their values, by operator. */
const OPERATORS: Readonly<Record<string, { first: string; separator: string; isNamed: boolean; isOpen: boolean }>> = {
    '': { first: '', separator: ',', isNamed: false, isOpen: false },
    '+': { first: '', separator: ',', isNamed: false, isOpen: true },
    '#': { first: '#', separator: ',', isNamed: false, isOpen: true },
    '.': { first: '.', separator: '.', isNamed: false, isOpen: false },
    '/': { first: '/', separator: '/', isNamed: false, isOpen: false },
    ';': { first: ';', separator: ';', isNamed: true, isOpen: false },
    '?': { first: '?', separator: '&', isNamed: true, isOpen: false },
    '&': { first: '&', separator: '&', isNamed: true, isOpen: false }
};

const EXPRESSION = /\{([+#./;?&]?)([^{}]*)\}/g;

/** The names of the variables of a template, in its order, each once. */
export function variablesOf(template: string): string[] {
    return [...new Set([...template.matchAll(EXPRESSION)].flatMap(([, , list = '']) => namesIn(list)))];
}

/** The URI of a template with texts as its variables; one without a text is left out, with what belongs to it. */
export function expandTemplate(template: string, values: Readonly<Record<string, string>>): string {
    return template.replace(EXPRESSION, (_all, operator: string, list: string) => {
        const rules = OPERATORS[operator];
        if (!rules) return '';
        const { first, separator, isNamed, isOpen } = rules;
        const parts = list.split(',').flatMap(part => {
            const [name = '', length] = part.trim().replace('*', '').split(':');
            const value = Object.hasOwn(values, name) ? values[name] : undefined;
            if (value === undefined || value === '') return [];
            // Characters, not UTF-16 code units.
            const text = length === undefined ? value : [...value].slice(0, Number(length)).join('');
            // Open operators let through what has a meaning in URIs.
            const encoded = isOpen ? encodeURI(text).replace(/%25([\da-f]{2})/gi, '%$1') : encodeAll(text);
            return [isNamed ? `${name}=${encoded}` : encoded];
        });
        return parts.length === 0 ? '' : first + parts.join(separator);
    });
}

function namesIn(list: string): string[] {
    return list.split(',').map(part => part.trim().replace(/\*|:\d+$/g, ''));
}

/** All but the unreserved characters, unlike `encodeURIComponent`. */
function encodeAll(text: string): string {
    return encodeURIComponent(text).replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
