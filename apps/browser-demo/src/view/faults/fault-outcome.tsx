import type { Step, StepKind } from '../../faults/fault-steps.ts';
import * as say from '../../i18n/texts.ts';
import type { PostAnswer } from '../../mcp/transport/post.ts';
import type { FaultRunState } from '../../state/faults/fault-run.ts';
import { t, translate } from '../../state/preferences/language.ts';
import { shortEventId } from '../../wire/diagram/label.ts';
import { toDuration } from '../../wire/duration.ts';
import { RichText } from '../parts/rich-text.tsx';

const arrows: Partial<Record<StepKind, string>> = {
    posted: '→',
    answered: '←',
    declined: '←',
    opened: '←',
    replied: '←'
};

/** The steps that follow a fault, as they happen. */
export function FaultOutcome({ state, waiting }: { state: FaultRunState; waiting: string }) {
    const { status, steps, answer, reason } = state;
    return (
        <div class="outcome" aria-live="polite">
            {steps.length > 0 && (
                <ol class="steps">
                    {steps.map((step, index) => (
                        // Steps are only added, so the index is a stable key.
                        <li key={index} class={isBad(step) ? 'failure' : ''}>
                            <span class="step-time">+{translate(toDuration(step.after))}</span>
                            <span class="step-arrow" aria-hidden="true">
                                {arrows[step.kind] ?? '·'}
                            </span>
                            <span>
                                {step.count > 1 && `${step.count} × `}
                                <RichText text={toText(step)} />
                            </span>
                        </li>
                    ))}
                </ol>
            )}
            {status === 'running' && <p>{waiting}</p>}
            {answer && answer.status >= 400 && <pre class="answer">{toLines(answer)}</pre>}
            {reason !== undefined && <p class="failure">{translate(reason)}</p>}
        </div>
    );
}

function isBad({ kind, detail }: Step): boolean {
    return (
        kind === 'declined' ||
        kind === 'dropped' ||
        kind === 'attempt' ||
        kind === 'unanswered' ||
        (kind === 'answered' && !detail.startsWith('2'))
    );
}

function toText({ kind, detail }: Step): string {
    switch (kind) {
        case 'opened':
            return detail === '' ? t(say.entry.opened) : t(say.faults.reopened, { id: shortEventId(detail) });
        case 'posted':
            return `POST \`${detail}\``;
        case 'answered':
            return t(say.faults.answered, { status: detail });
        case 'replied':
            return t(detail === '' ? say.entry.replied : say.faults.repliedHere);
        case 'declined':
            return t(say.faults.declined, { status: detail });
        case 'closed':
            return t(say.closed.asked);
        case 'attempt':
            return t(say.diagram.attempt);
        default:
            return t(say.entry[kind]);
    }
}

function toLines({ status, statusText, challenge, text }: PostAnswer): string {
    const head = `HTTP ${status} ${statusText}`.trim();
    return [head, ...(challenge === undefined ? [] : [`WWW-Authenticate: ${challenge}`]), text].join('\n');
}
