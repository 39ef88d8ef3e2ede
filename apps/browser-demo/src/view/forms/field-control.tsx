import type { AriaAttributes, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';
import { type Field, initialText } from '../../forms/schema-form.ts';
import { toText } from '../../forms/schema-parts.ts';
import type { Problem } from '../../forms/validate.ts';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import { LongText } from '../parts/long-text.tsx';
import { Combobox } from './combobox.tsx';
import { hintsOf } from './field-help.ts';
import { problemText } from './problem-text.ts';

/** The `maxLength` from which a text gets several lines. */
const MANY_CHARACTERS = 200;

/** The input types that browsers offer for formats of JSON Schema. */
const FORMATS: Readonly<Record<string, InputHTMLAttributes>> = {
    date: { type: 'date' },
    'date-time': { pattern: '[\\d\\-]+T[\\d:.]+(Z|[+\\-]\\d\\d:\\d\\d)', placeholder: '2026-01-31T09:30:00Z' },
    email: { type: 'email', placeholder: 'ada@example.org' },
    uri: { type: 'url', placeholder: 'https://example.org/' }
};

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface FieldControlProps {
    field: Field;
    problem: Problem | undefined;
    /** The name of the control in the form. */
    controls: Map<string, Control>;
    /** Suggests values; undefined if there are no suggestions. */
    complete: ((value: string) => Promise<string[]>) | undefined;
}

/** The label, control and help for one argument. */
export function FieldControl({ field, problem, controls, complete }: FieldControlProps) {
    const [id, helpId, errorId] = [useId(), useId(), useId()];
    const register = (node: Control | null): void => {
        if (node) controls.set(field.name, node);
        else controls.delete(field.name);
    };
    const hints = hintsOf(field).join(' · ');
    return (
        <div class={`field field-${field.kind}`}>
            <div class="field-head">
                <label for={id} title={field.name}>
                    {field.name}
                </label>
                {/* Outside the label, so that the text of the label is only the name of the argument. */}
                <span class="mark" aria-hidden="true">
                    {t(field.required ? say.field.required : say.field.optional)}
                </span>
            </div>
            <Input
                field={field}
                complete={complete}
                common={{
                    ref: register,
                    id,
                    'aria-describedby': `${helpId} ${errorId}`,
                    'aria-required': field.required,
                    'aria-invalid': problem !== undefined
                }}
            />
            <p id={helpId} class="help">
                <LongText text={field.description} />
                {hints !== '' && <span class="hints">{hints}</span>}
            </p>
            <p id={errorId} class="field-error">
                {problem && problemText(field.name, problem)}
            </p>
        </div>
    );
}

interface InputProps {
    field: Field;
    complete: FieldControlProps['complete'];
    common: AriaAttributes & { id: string; ref(node: Control | null): void };
}

function Input({ field, complete, common }: InputProps) {
    const text = initialText(field);
    const placeholder = field.default === undefined ? '' : toText(field.default);
    const format = FORMATS[String(field.schema.format)];
    switch (field.kind) {
        case 'number':
        case 'integer': {
            const step = field.kind === 'integer' ? '1' : 'any';
            return <input {...common} type="number" step={step} defaultValue={text} placeholder={placeholder} />;
        }
        case 'boolean':
            return <input {...common} type="checkbox" defaultChecked={text === 'true'} />;
        case 'choice':
            return (
                <select {...common}>
                    {(!field.required || field.isNullable) && (
                        <option value="">{emptyChoice(field, placeholder)}</option>
                    )}
                    {field.choices.map(({ value: choice, label }) => {
                        // As JSON, a choice keeps its type: 1 and "1" differ.
                        const value = JSON.stringify(choice);
                        return (
                            <option key={value} value={value} selected={value === text}>
                                {label}
                            </option>
                        );
                    })}
                </select>
            );
        case 'json':
            return <textarea {...common} rows={3} spellcheck={false} defaultValue={text} placeholder={placeholder} />;
        case 'text':
            if (complete) return <Combobox complete={complete} common={common} />;
            if (!format && Number(field.schema.maxLength) > MANY_CHARACTERS) {
                return <textarea {...common} rows={3} defaultValue={text} placeholder={placeholder} />;
            }
            return (
                <input
                    {...common}
                    type="text"
                    autocomplete="off"
                    spellcheck={false}
                    defaultValue={text}
                    {...format}
                    {...(placeholder !== '' && { placeholder })}
                />
            );
    }
}

/** Reads the input in the form that `parseForm` expects. */
export function readControl(control: Control): string | null {
    if (!control.validity.valid) return null;
    return control.type === 'checkbox' && 'checked' in control ? String(control.checked) : control.value;
}

/** Enters a text of the form that `readControl` returns. */
export function writeControl(control: Control | undefined, text: string): void {
    if (!control) return;
    if (control.type === 'checkbox' && 'checked' in control) control.checked = text === 'true';
    else control.value = text;
}

function emptyChoice({ required, default: value }: Field, placeholder: string): string {
    if (required) return 'null';
    return value === undefined ? t(say.field.leftOut) : t(say.field.default, { value: placeholder });
}
