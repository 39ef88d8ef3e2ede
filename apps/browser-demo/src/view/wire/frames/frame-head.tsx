import type { WireEntry } from '../../../model/wire-fact.ts';
import { t } from '../../../state/language.ts';
import { Marked } from './marked.tsx';
import { targetOf } from './row-text.ts';

interface FrameHeadProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
    words: readonly string[];
}

/** What an entry is, beside the text that travelled. */
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
                <What
                    text={t('wire.opened')}
                    detail={entry.lastEventId && `Last-Event-ID: ${entry.lastEventId}`}
                    words={words}
                />
            );
        case 'closed':
            return <What text={t(`wire.closed.${entry.reason}`)} detail={entry.detail} words={words} />;
        case 'dropped':
            return <What text={t('wire.dropped')} detail={entry.detail} words={words} />;
        case 'resumed':
        case 'replaced':
            return <What text={t(`wire.${entry.kind}`)} detail={undefined} words={words} />;
        default:
            return null;
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

interface WhatProps {
    text: string;
    detail: string | undefined;
    words: readonly string[];
}

function What({ text, detail, words }: WhatProps) {
    return (
        <>
            <span class="what">
                <Marked text={text} words={words} />
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
    if (answer?.kind !== 'answered') return <span class="status-code">…</span>;
    const { status, statusText } = answer;
    const isFine = status >= 200 && status < 300;
    const text = status === 0 ? t('wire.noAnswer') : `${status} ${statusText}`.trim();
    return (
        <span class={`status-code ${isFine ? '' : 'failed'}`}>
            <Marked text={text} words={words} />
        </span>
    );
}
