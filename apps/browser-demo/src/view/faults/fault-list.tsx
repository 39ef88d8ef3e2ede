import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';
import { ConnectionLimitCard } from './connection-limit-card.tsx';
import { UnknownSessionCard, WrongTokenCard } from './credential-cards.tsx';
import type { FaultProps } from './fault-card.tsx';
import { DropCard, OutageCard, StallCard } from './stream-cards.tsx';

/** The faults that can be tried, each with a button and an explanation. */
export function FaultList(props: FaultProps) {
    const hindrance = hindranceOf(props);
    return (
        <div class="cards">
            <div>
                <p>{t(say.faults.intro)}</p>
                {hindrance && (
                    <p class="notice">
                        <RichText text={hindrance} />
                    </p>
                )}
            </div>
            <DropCard {...props} />
            <OutageCard {...props} />
            <StallCard {...props} />
            <WrongTokenCard {...props} />
            <UnknownSessionCard {...props} />
            <ConnectionLimitCard {...props} />
        </div>
    );
}

/** Why some faults are not available, and what to do. */
function hindranceOf({ page, connection }: FaultProps): string | undefined {
    const { status } = connection.state.value;
    if (!page.isOwn(connection)) return t(say.faults.other, { origin: new URL(connection.url).origin });
    if (status === 'disconnected') return t(say.faults.unconnected);
    // It is not known before the first answer of the server.
    return status === 'connected' && !page.faults.value ? t(say.faults.off) : undefined;
}
