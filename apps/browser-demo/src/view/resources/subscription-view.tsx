import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Subscription, SubscriptionState } from '../../state/session/subscription.ts';
import { ContentsView } from '../results/content-view.tsx';

/** A subscription: its state, the number of changes, and the contents after the last change. */
export function SubscriptionView({ name, subscription }: { name: string; subscription: Subscription }) {
    const state = subscription.state.value;
    const count = subscription.updates.value;
    const newest = subscription.newest.value;
    if (state.status === 'off' && state.reason === undefined) return null;
    return (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls.
        <div
            class="subscription"
            data-state={state.status}
            role="group"
            aria-label={t(say.subscription.label, { name })}
        >
            {/* Screen readers announce only the state. A clock that ticks every second would interrupt them all the time. */}
            <p aria-live="polite">{toText(state)}</p>
            {subscription.renewals.value > 0 && <p class="why">{t(say.subscription.renewed)}</p>}
            {state.status !== 'off' && <p class="subscription-count">{t(say.subscription.updates, { count })}</p>}
            {newest.length > 0 && (
                <p class="subscription-newest" key={count}>
                    {newest.map(part => (
                        <ContentsView contents={part} />
                    ))}
                </p>
            )}
        </div>
    );
}

function toText(state: SubscriptionState): string {
    if (state.status !== 'off') return t(say.subscribed[state.status]);
    return state.reason === undefined ? '' : t(say.subscription.failed, { reason: state.reason });
}
