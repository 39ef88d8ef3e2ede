import * as say from '../../i18n/texts.ts';
import type { Content } from '../../mcp/features/content.ts';
import type { ResourceContents } from '../../mcp/features/resources.ts';
import { parseJson, prettyJson } from '../../mcp/json-rpc.ts';
import { t } from '../../state/preferences/language.ts';

/** Blocks of content. Blocks that the page cannot show are described in words. */
export function ContentView({ content }: { content: readonly Content[] }) {
    return (
        <>
            {content.map(block => (
                <Block block={block} />
            ))}
        </>
    );
}

/** The contents of a resource: JSON is indented, other text is shown as it is. */
export function ContentsView({ contents: { mimeType, body } }: { contents: ResourceContents }) {
    if (body.kind === 'blob') return <Bytes mimeType={mimeType} bytes={body.bytes} />;
    const json = /[/+]json\b/.test(mimeType) ? parseJson(body.text) : undefined;
    if (json !== undefined) return <code>{prettyJson(json)}</code>;
    if (body.text === '') return <span class="muted">{t(say.content.empty)}</span>;
    return <span class="result-text">{body.text}</span>;
}

function Block({ block }: { block: Content }) {
    switch (block.kind) {
        case 'text':
            return <span class="result-text">{block.text}</span>;
        case 'blob':
            return <Bytes {...block} />;
        case 'link':
            return (
                <span class="result-link">
                    <span class="result-caption">{t(say.content.link)}</span>
                    {/* The URI scheme belongs to the server, and a browser cannot open it. */}
                    <span>
                        {block.title} <code>{block.uri}</code>
                    </span>
                    {block.description !== '' && <span class="muted">{block.description}</span>}
                </span>
            );
        case 'resource':
            return (
                <span class="result-link">
                    <span class="result-caption">
                        {t(say.content.resource)} <code>{block.contents.uri}</code>
                    </span>
                    <ContentsView contents={block.contents} />
                </span>
            );
        case 'other':
            return <code>{prettyJson(block.value)}</code>;
    }
}

/** The Content-Security-Policy does not allow images or sounds of a server in the page. */
function Bytes({ mimeType, bytes }: { mimeType: string; bytes: number }) {
    const type = mimeType === '' ? t(say.content.noType) : mimeType;
    return <span class="muted">{t(say.content.blob, { type, count: bytes })}</span>;
}
