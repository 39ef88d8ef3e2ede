import { type Candidate, fitting } from './candidate.ts';
import type { Known } from './known.ts';

/** Completes a URI from the server's resources and resource templates. */
export async function completeUri(typed: string, known: Known): Promise<Candidate[]> {
    const listed = known.resources.filter(({ uri }) => uri.startsWith(typed)).map(({ uri }) => ({ text: uri }));
    const made = await Promise.all(
        known.resourceTemplates.map(({ uriTemplate }) => completeTemplate(uriTemplate, typed, known))
    );
    return [...listed, ...made.flat()];
}

/** Completes a template of simple variables, `{name}` (RFC 6570, level 1). Other templates are not completed. */
async function completeTemplate(template: string, typed: string, known: Known): Promise<Candidate[]> {
    const parts = template.split(/(\{\w+\})/);
    const others: Record<string, string> = {};
    let done = '';
    for (const [index, part] of parts.entries()) {
        const rest = typed.slice(done.length);
        const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
        if (name === undefined) {
            if (part.includes('{')) return [];
            if (rest.length < part.length && part.startsWith(rest)) {
                return [{ text: done + part, isOpen: index < parts.length - 1 }];
            }
            if (!rest.startsWith(part)) return [];
            done += part;
            continue;
        }
        const literal = parts[index + 1] ?? '';
        const end = literal === '' ? -1 : rest.indexOf(literal);
        if (end > 0) {
            others[name] = rest.slice(0, end);
            done += rest.slice(0, end);
            continue;
        }
        const ref = { type: 'ref/resource', uri: template } as const;
        const values = await known.completeValue({ ref, argument: { name, value: rest }, others });
        const isOpen = literal !== '';
        return fitting(rest, values).map(value => ({ text: done + value + literal, isOpen }));
    }
    return [];
}
