import type { Field } from '../arguments.ts';
import { element, uniqueId } from './element.ts';

/** The label, control and help for one argument. */
export interface FieldControl {
    readonly node: HTMLElement;
    /** What was entered, in the form that `parseArguments` reads. */
    read(): string;
    /** Shows what is wrong with the value and moves there. */
    showError(message: string): void;
    clearError(): void;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function createFieldControl(field: Field): FieldControl {
    const [id, helpId, errorId] = [uniqueId(), uniqueId(), uniqueId()];
    const control = createControl(field);
    control.id = id;
    control.setAttribute('aria-describedby', `${helpId} ${errorId}`);
    if (field.required) control.setAttribute('aria-required', 'true');

    // The mark stays outside of the label, whose text is the argument's name and nothing else.
    const mark = element('span', { class: 'mark', 'aria-hidden': 'true' }, field.required ? 'required' : 'optional');
    const help = element('p', { id: helpId, class: 'help' }, field.description);
    const error = element('p', { id: errorId, class: 'field-error' });
    const head = element('div', { class: 'field-head' }, element('label', { for: id }, field.name), mark);

    return {
        node: element('div', { class: `field field-${field.kind}` }, head, control, help, error),
        read: () => readControl(control),
        showError(message) {
            error.textContent = message;
            control.setAttribute('aria-invalid', 'true');
            control.focus();
        },
        clearError() {
            error.textContent = '';
            control.removeAttribute('aria-invalid');
        }
    };
}

function createControl(field: Field): Control {
    const hint = placeholder(field.default);
    switch (field.kind) {
        case 'number':
        case 'integer':
            return element('input', { type: 'number', step: field.kind === 'integer' ? '1' : 'any', ...hint });
        case 'boolean':
            return element('input', { type: 'checkbox', ...(field.default === true && { checked: '' }) });
        case 'choice':
            return createSelect(field);
        case 'json':
            return element('textarea', { rows: '3', spellcheck: 'false', ...hint });
        case 'text':
            return element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...hint });
    }
}

function createSelect(field: Field): HTMLSelectElement {
    const select = element('select');
    if (!field.required) {
        const none = field.default === undefined ? 'left out' : `default: ${toText(field.default)}`;
        select.append(element('option', { value: '' }, none));
    }
    // As JSON, a choice keeps its type: 1 and "1" are two.
    for (const choice of field.choices) {
        select.append(element('option', { value: JSON.stringify(choice) }, toText(choice)));
    }
    if (field.required && field.default !== undefined) select.value = JSON.stringify(field.default);
    return select;
}

function readControl(control: Control): string {
    if (!(control instanceof HTMLInputElement)) return control.value;
    if (control.type === 'checkbox') return String(control.checked);
    // A number input hides from scripts what it cannot read, so that it would pass for empty.
    return control.validity.badInput ? 'not a number' : control.value;
}

function placeholder(value: unknown): { placeholder?: string } {
    return value === undefined ? {} : { placeholder: toText(value) };
}

function toText(value: unknown): string {
    return typeof value === 'string' ? value : JSON.stringify(value);
}
