import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { readArguments, toArgumentsText, toEnteredTexts } from '../../forms/arguments-json.ts';
import type { Entered, Field } from '../../forms/schema-form.ts';
import type { Message } from '../../i18n/i18n.ts';
import { type Control, readControl, writeControl } from './field-control.tsx';
import { mistakeText } from './mistake-text.ts';

/** What the user has entered in the controls of a form. */
export function enteredIn(controls: ReadonlyMap<string, Control>): Entered {
    return new Map([...controls].map(([name, node]) => [name, readControl(node)]));
}

/** The arguments as JSON. They follow the form, and the form follows them. */
export function useArgumentsJson(fields: readonly Field[], controls: ReadonlyMap<string, Control>) {
    const area = useRef<HTMLTextAreaElement>(null);
    const isOpen = useSignal(false);
    // Whether the user wrote the JSON after the last change of the form.
    const isSource = useSignal(false);
    const text = useSignal('');
    const problem = useSignal<Message | undefined>(undefined);
    const followForm = (): void => {
        isSource.value = false;
        problem.value = undefined;
        if (isOpen.value) text.value = toArgumentsText(fields, enteredIn(controls));
    };
    return {
        area,
        isOpen,
        isSource,
        text,
        problem,
        followForm,
        onToggle(isNowOpen: boolean): void {
            isOpen.value = isNowOpen;
            if (!isSource.value) followForm();
        },
        onWrite(written: string): void {
            isSource.value = true;
            problem.value = undefined;
            text.value = written;
            const { args } = readArguments(written);
            const texts = args && toEnteredTexts(fields, args);
            for (const [name, entered] of texts ?? []) writeControl(controls.get(name), entered);
        },
        /** The arguments that the user wrote, unless there is a mistake, which is then shown. */
        read(): Record<string, unknown> | undefined {
            const { args, mistake } = readArguments(text.value);
            if (args) return args;
            isOpen.value = true;
            problem.value = mistakeText(mistake);
            area.current?.focus();
            if (mistake) area.current?.setSelectionRange(mistake.offset, mistake.offset + 1);
            return undefined;
        }
    };
}
