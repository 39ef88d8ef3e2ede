import { message } from '../../../i18n/i18n.ts';
import * as say from '../../../i18n/texts.ts';
import { t, translate } from '../../../state/preferences/language.ts';
import { entryText, isFailure } from '../../../wire/entry-text.ts';
import type { WireEntry } from '../../../wire/wire-entry.ts';
import { RichText } from '../../parts/rich-text.tsx';
import { Marked } from './marked.tsx';
import { targetOf } from './row-text.ts';

interface FrameHeadProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    /** Whether a request for a stream failed, so that none broke. */
    isAttempt: boolean;
}

/** The head of an entry: everything except the text that was sent. */
export function FrameHead({ entry, status, isAttempt }: FrameHeadProps) {
    switch (entry.kind) {
        case 'connecting':
            return <Request line="GET" url={entry.url} header="Accept: text/event-stream" />;
        case 'reconnecting':
            return (
                <>
                    <Request
                        line="GET"
                        url={entry.url}
                        header={entry.lastEventId === '' ? '' : `Last-Event-ID: ${entry.lastEventId}`}
                    />
                    {entry.late && (
                        <span class="aside">
                            <RichText text={t(say.frames.late)} />
                        </span>
                    )}
                </>
            );
        case 'post':
            return (
                <>
                    <Status answer={status} />
                    <Request line={entry.method ?? 'POST'} url={entry.url} header="" />
                </>
            );
        case 'answered':
            return <Status answer={entry} />;
        default:
            return (
                <Note
                    text={isAttempt ? message(say.diagram.attempt) : entryText(entry)}
                    detail={'detail' in entry ? entry.detail : undefined}
                />
            );
    }
}

function Request({ line, url, header }: { line: string; url: string; header: string }) {
    return (
        <div class="request">
            <div class="what" title={url}>
                <Marked text={`${line} ${targetOf(url, document.baseURI)}`} />
            </div>
            {header !== '' && (
                <div class="aside">
                    <Marked text={header} />
                </div>
            )}
        </div>
    );
}

function Note({ text, detail }: { text: ReturnType<typeof entryText>; detail: string | undefined }) {
    if (text === undefined) return null;
    return (
        <>
            <span class="what">
                <Marked text={translate(text)} />
            </span>
            {detail && (
                <span class="aside">
                    <Marked text={detail} />
                </span>
            )}
        </>
    );
}

function Status({ answer }: { answer: WireEntry | undefined }) {
    return (
        <span class={answer && isFailure(answer) ? 'status-code failed' : 'status-code'}>
            <Marked text={translate((answer && entryText(answer)) ?? '…')} />
        </span>
    );
}
