import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import { RichText } from '../parts/rich-text.tsx';
import { CrowdCard } from './connection-limit-card.tsx';
import { TokenCard, UnknownCard } from './credential-cards.tsx';
import type { TroubleProps } from './fault-card.tsx';
import { DropCard, OutageCard, StallCard } from './stream-cards.tsx';

/** What goes wrong in the field, to be tried here: a button and an explanation each. */
export function Troubles(props: TroubleProps) {
    const hindrance = hindranceOf(props);
    return (
        <div class="cards">
            <div>
                <p>{t(say.trouble.intro)}</p>
                {hindrance && (
                    <p class="notice">
                        <RichText text={hindrance} />
                    </p>
                )}
            </div>
            <DropCard {...props} />
            <OutageCard {...props} />
            <StallCard {...props} />
            <TokenCard {...props} />
            <UnknownCard {...props} />
            <CrowdCard {...props} />
        </div>
    );
}

/** Why not all of it can be tried, and what to do. */
function hindranceOf({ page, connection }: TroubleProps): string | undefined {
    const { status } = connection.state.value;
    if (!page.isOwn(connection)) return t(say.trouble.other, { origin: new URL(connection.url).origin });
    if (status === 'disconnected') return t(say.trouble.unconnected);
    // Before the first answer of the server nobody knows.
    return status === 'connected' && !page.faults.value ? t(say.trouble.off) : undefined;
}
