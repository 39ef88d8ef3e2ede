import { useLayoutEffect, useRef } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { CONNECTIONS } from '../../mcp/transport/stream-limit.ts';
import type { FaultRunState, Until } from '../../state/faults/fault-run.ts';
import { t } from '../../state/preferences/language.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { FaultCard, type FaultProps } from './fault-card.tsx';
import { POSTS } from './stream-cards.tsx';

/**
 * How long to wait for the streams to open, in milliseconds. A stream that is not open by then waits for a connection
 * itself.
 */
const OPENING_MS = 1500;

/** Uses all connections of the browser, so that a POST gets none. */
export function ConnectionLimitCard(props: FaultProps) {
    const { page, connection } = props;
    const { idleStreams } = page;
    const count = idleStreams.count.value;
    const place = useRef<HTMLDivElement>(null);

    // Closes the streams when the card is hidden (its width is 0), so that the rest of the page keeps working.
    useLayoutEffect(() => {
        const node = place.current;
        if (!node) return;
        const observer = new ResizeObserver(([entry]) => {
            if (entry?.contentRect.width === 0) idleStreams.closeAll();
        });
        observer.observe(node);
        return () => {
            observer.disconnect();
            idleStreams.closeAll();
        };
    }, [idleStreams]);

    const fill = async (until: Until): Promise<void> => {
        const taken = page.connections.value.filter(
            other => page.isOwn(other) && other.state.value.status !== 'disconnected'
        ).length;
        const missing = Math.max(0, CONNECTIONS - taken - idleStreams.count.value);
        if (missing === 0) return;
        const areOpen = until(['opened'], missing);
        for (let number = 0; number < missing; number++) idleStreams.open();
        await Promise.race([areOpen, new Promise(resolve => setTimeout(resolve, OPENING_MS))]);
    };
    return (
        <FaultCard
            {...props}
            of="connectionLimit"
            kinds={['opened', 'closed', ...POSTS]}
            act={async until => {
                await fill(until);
                await connection.session.request('ping');
            }}
            follows={idleStreams.has}
            lesson={state =>
                wentThrough(state)
                    ? t(say.fault.connectionLimit.lessonOpen, { protocol: page.protocol })
                    : t(say.fault.connectionLimit.lesson)
            }
            waiting={({ steps }) => {
                const hasPosted = steps.some(({ kind }) => kind === 'posted');
                return t(hasPosted ? say.fault.connectionLimit.waiting : say.fault.connectionLimit.opening);
            }}
            undo={
                <>
                    <ActionButton idle={count === 0} onClick={idleStreams.closeOne}>
                        {t(say.fault.connectionLimit.closeOne)}
                    </ActionButton>
                    <ActionButton idle={count === 0} onClick={idleStreams.closeAll}>
                        {t(say.fault.connectionLimit.closeAll)}
                    </ActionButton>
                    <span class="help">{t(say.fault.connectionLimit.count, { count })}</span>
                </>
            }
            more={<div ref={place} />}
        />
    );
}

/** Whether the answer arrived before a stream was closed: then connections carry more than one request. */
function wentThrough({ steps }: FaultRunState): boolean {
    return steps.find(({ kind }) => kind === 'answered' || kind === 'closed')?.kind === 'answered';
}
