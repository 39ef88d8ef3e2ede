import { relative } from 'node:path';
import { styleText } from 'node:util';
import { describeFailure, describeLeftOut, inLanguage } from '@calc/grader';
import { describePassed } from '../actions/describe-passed.ts';
import { readmeOf } from '../actions/start-lesson.ts';
import type { Context } from '../context.ts';
import { describeEdited } from '../learner/working-copy.ts';
import type { View } from './view.ts';
import { wrap } from './wrap.ts';

/** The whole screen, as text with colours. */
export function draw(view: View, context: Context): string {
    const { lesson } = view;
    const { texts, language } = context;
    const title = `${lesson.number}. ${lesson.title[language]} (${texts.minutes(lesson.minutes)})`;
    const parts = [
        styleText('bold', title),
        describePlaces(view, context),
        view.isChecking ? describeChecking(view, context) : describeResult(view, context),
        view.detail,
        view.otherPort ? styleText('yellow', texts.screen.otherPort(view.otherPort)) : undefined,
        view.savesAreMissed ? styleText('yellow', texts.screen.missed) : undefined,
        view.note,
        describeKeys(texts.screen.keys)
    ];
    return parts.filter(part => part).join('\n\n');
}

function describePlaces(view: View, { texts: { screen }, language }: Context): string {
    const { lesson, serverUrl, serverProblem, token, page } = view;
    const shown = (path: string) => relative(process.cwd(), path);
    const lines = [screen.edit(describeEdited(lesson)), screen.read(shown(readmeOf(lesson, language)))];
    if (serverUrl && serverProblem !== undefined) lines.push(styleText('yellow', screen.serverIsDown(serverUrl)));
    else if (serverUrl) lines.push(screen.server(serverUrl));
    if (token) lines.push(screen.token(token));
    if (page === 'building') lines.push(screen.pageIsBuilt);
    else if (page === 'missing') lines.push(screen.pageIsMissing);
    else if (page) lines.push(screen.page(page));
    return lines.join('\n');
}

function describeChecking({ hintIsDue }: View, { texts: { screen } }: Context): string {
    return styleText('dim', hintIsDue ? `${screen.checking}\n${screen.hintIsDue}` : screen.checking);
}

function describeResult({ lesson, result, serverProblem }: View, { texts, language, catalog }: Context): string {
    if (!result) return '';
    const passed = describePassed(result, language);
    if (result.status === 'pass') {
        const lines = [passed];
        const isLast = catalog.at(-1)?.number === lesson.number;
        if (result.leftOut) lines.push(describeLeftOut(result, language));
        return [...lines, '', isLast ? texts.screen.allPassed : texts.screen.passed].join('\n');
    }
    const problem = result.unreachable ?? serverProblem;
    const failure = describeFailure(result, language) || `✗ ${problem ? inLanguage(problem, language) : ''}`;
    const [first = '', ...rest] = wrap(failure, process.stdout.columns || 80).split('\n');
    const block = [styleText('red', first), ...rest].join('\n');
    return passed === '' ? block : `${passed}\n\n${block}`;
}

function describeKeys(keys: Record<string, string>): string {
    return Object.entries(keys)
        .map(([key, what]) => `${styleText('bold', key)} ${styleText('dim', what)}`)
        .join('  ');
}
