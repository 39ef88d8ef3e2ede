import { translate } from '../../../state/preferences/language.ts';
import { entryText, isFailure } from '../../../wire/entry-text.ts';
import type { WireEntry } from '../../../wire/wire-entry.ts';
import { Marked } from './marked.tsx';
import { targetOf } from './row-text.ts';

interface FrameHeadProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    words: readonly string[];
}

/** The head of an entry: everything except the text that was sent. */
export function FrameHead({ entry, status, words }: FrameHeadProps) {
    switch (entry.kind) {
        case 'connecting':
            return <Request line="GET" url={entry.url} header="Accept: text/event-stream" words={words} />;
        case 'post':
            return (
                <>
                    <Status answer={status} words={words} />
                    <Request line="POST" url={entry.url} header="Content-Type: application/json" words={words} />
                </>
            );
        case 'answered':
            return <Status answer={entry} words={words} />;
        case 'opened':
            return (
                <Note entry={entry} detail={entry.lastEventId && `Last-Event-ID: ${entry.lastEventId}`} words={words} />
            );
        default:
            return <Note entry={entry} detail={'detail' in entry ? entry.detail : undefined} words={words} />;
    }
}

interface RequestProps {
    line: string;
    url: string;
    header: string;
    words: readonly string[];
}

function Request({ line, url, header, words }: RequestProps) {
    return (
        <div class="request">
            <div class="what" title={url}>
                <Marked text={`${line} ${targetOf(url, document.baseURI)}`} words={words} />
            </div>
            <div class="aside">{header}</div>
        </div>
    );
}

interface NoteProps {
    entry: WireEntry;
    detail: string | undefined;
    words: readonly string[];
}

function Note({ entry, detail, words }: NoteProps) {
    const text = entryText(entry);
    if (text === undefined) return null;
    return (
        <>
            <span class="what">
                <Marked text={translate(text)} words={words} />
            </span>
            {detail && (
                <span class="aside">
                    <Marked text={detail} words={words} />
                </span>
            )}
        </>
    );
}

function Status({ answer, words }: { answer: WireEntry | undefined; words: readonly string[] }) {
    return (
        <span class={answer && isFailure(answer) ? 'status-code failed' : 'status-code'}>
            <Marked text={translate((answer && entryText(answer)) ?? '…')} words={words} />
        </span>
    );
}
