import { ArgumentError, fieldsFromSchema, parseArguments } from '../arguments.ts';
import type { ToolDescription, ToolResult } from '../tools.ts';
import { element, uniqueId } from './element.ts';
import { createFieldControl } from './field-control.ts';
import { failureNodes, resultNodes } from './tool-result.ts';

type CallTool = (name: string, args: object) => Promise<ToolResult>;

/** A tool as a form: its arguments, a button to call it, and what came of the last call. */
export function createToolCard(tool: ToolDescription, callTool: CallTool): HTMLElement {
    const titleId = uniqueId();
    const fields = fieldsFromSchema(tool.inputSchema);
    const controls = new Map(fields.map(field => [field.name, createFieldControl(field)]));

    const button = element('button', { type: 'submit', 'aria-label': `Call ${tool.name}` }, 'Call');
    // An output is a status by nature; there is to be one status on the page, that of the connection.
    const output = element('output', { role: 'group', 'aria-label': `Result of ${tool.name}`, 'aria-live': 'polite' });
    const inputs = element('div', { class: 'fields' }, ...[...controls.values()].map(({ node }) => node));
    const form = element('form', { novalidate: '' }, inputs, button, output);

    const show = (outcome: 'result' | 'error' | 'waiting', nodes: (Node | string)[]): void => {
        output.className = outcome;
        output.replaceChildren(...nodes);
    };

    const readArguments = (): object | undefined => {
        for (const control of controls.values()) control.clearError();
        try {
            return parseArguments(fields, new Map([...controls].map(([name, control]) => [name, control.read()])));
        } catch (error) {
            if (!(error instanceof ArgumentError)) throw error;
            controls.get(error.argument)?.showError(error.message);
            return undefined;
        }
    };

    const call = async (args: object): Promise<void> => {
        // Not `disabled`, which would take the focus away from somebody who uses the keyboard.
        button.setAttribute('aria-disabled', 'true');
        show('waiting', ['Waiting for the reply on the stream…']);
        try {
            const result = await callTool(tool.name, args);
            show(result.isError ? 'error' : 'result', resultNodes(result));
        } catch (error) {
            show('error', failureNodes(error instanceof Error ? error.message : String(error)));
        } finally {
            button.removeAttribute('aria-disabled');
        }
    };

    form.addEventListener('submit', event => {
        event.preventDefault();
        if (button.ariaDisabled === 'true') return;
        const args = readArguments();
        if (args) call(args);
    });

    return element(
        'section',
        { class: 'tool', 'aria-labelledby': titleId },
        element('h3', { id: titleId }, `${tool.title} `, element('code', {}, tool.name)),
        element('p', { class: 'description' }, tool.description),
        form
    );
}
