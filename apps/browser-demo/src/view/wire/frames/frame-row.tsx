import { directionOf, textOf, type WireEntry } from '../../../model/wire-fact.ts';
import { t } from '../../../state/language.ts';
import { FrameData } from './frame-data.tsx';

interface FrameRowProps {
    entry: WireEntry;
    /** The entry with the answer to a POST. */
    status: WireEntry | undefined;
}

const arrows = {
    'to-server': { glyph: '→', name: 'sent', text: 'wire.sent' },
    'to-browser': { glyph: '←', name: 'received', text: 'wire.received' },
    here: { glyph: '·', name: 'here', text: 'wire.here' }
} as const;

/** One entry of the record. */
export function FrameRow({ entry, status }: FrameRowProps) {
    const arrow = arrows[directionOf(entry)];
    const data = textOf(entry);
    return (
        <li class={`frame ${arrow.name}`}>
            <div class="frame-head">
                <time dateTime={new Date(entry.at).toISOString()}>{formatTime(entry.at)}</time>
                <span class="arrow" aria-hidden="true" title={t(arrow.text)}>
                    {arrow.glyph}
                </span>
                <span class="visually-hidden">{t(arrow.text)}: </span>
                <Head entry={entry} />
                {entry.kind === 'post' && <Status answer={status} />}
            </div>
            {data !== '' && <FrameData data={data} />}
        </li>
    );
}

function Head({ entry }: { entry: WireEntry }) {
    switch (entry.kind) {
        case 'connecting':
            return <Request method="GET" url={entry.url} />;
        case 'post':
            return <Request method="POST" url={entry.url} />;
        case 'event':
            return (
                <>
                    <span class="what">event: {entry.event}</span>
                    {entry.id !== '' && <span class="id">id: {entry.id}</span>}
                </>
            );
        case 'opened':
            return (
                <>
                    <span class="what">{t('wire.opened')}</span>
                    {entry.lastEventId !== '' && <span class="id">Last-Event-ID: {entry.lastEventId}</span>}
                </>
            );
        case 'comment':
            return <span class="what">{t('wire.comment')}</span>;
        case 'retry':
            return <span class="what">retry: {entry.ms}</span>;
        case 'closed':
            return <What text={t(`wire.closed.${entry.reason}`)} detail={entry.detail} />;
        case 'dropped':
            return <What text={t('wire.dropped')} detail={entry.detail} />;
        case 'resumed':
            return <What text={t('wire.resumed')} detail={undefined} />;
        case 'replaced':
            return <What text={t('wire.replaced')} detail={undefined} />;
        case 'answered':
            return <Status answer={entry} />;
    }
}

/** The query holds the whole session id, which the endpoint event has shown. */
function Request({ method, url }: { method: string; url: string }) {
    return (
        <span class="what" title={url}>
            {method} {new URL(url).pathname}
        </span>
    );
}

function What({ text, detail }: { text: string; detail: string | undefined }) {
    return (
        <>
            <span class="what">{text}</span>
            {detail !== undefined && <span class="id">{detail}</span>}
        </>
    );
}

function Status({ answer }: { answer: WireEntry | undefined }) {
    if (answer?.kind !== 'answered') return <span class="status-code">…</span>;
    const { status, statusText } = answer;
    const isFine = status >= 200 && status < 300;
    const text = status === 0 ? t('wire.noAnswer') : `${status} ${statusText}`.trim();
    return <span class={`status-code ${isFine ? '' : 'failed'}`}>{text}</span>;
}

function formatTime(at: number): string {
    const time = new Date(at);
    return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
