import type { Unchecked } from '../../../wire/message.ts';
/** Whether a JSON Schema accepts values of a type, as far as its types say. An integer is a number. */
export function accepts(schema: Unchecked, type: 'number' | 'string'): boolean {
    const types: unknown[] = [schema?.type].flat();
    if (types.includes(type) || (type === 'number' && types.includes('integer'))) return true;
    const choices: unknown = schema?.anyOf ?? schema?.oneOf;
    return Array.isArray(choices) && choices.some(choice => accepts(choice, type));
}
