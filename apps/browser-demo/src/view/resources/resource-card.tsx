import { useEffect, useMemo } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { parseReadResult, type ResourceDescription } from '../../mcp/features/resources.ts';
import { t } from '../../state/preferences/language.ts';
import { createCall } from '../../state/session/call.ts';
import { hasCapability } from '../../state/session/catalog.ts';
import type { Connection } from '../../state/session/connection.ts';
import { createSubscription } from '../../state/session/subscription.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Card } from '../parts/card.tsx';
import { LongText } from '../parts/long-text.tsx';
import { ReadOutcome } from './read-outcome.tsx';
import { SubscriptionView } from './subscription-view.tsx';

/** A resource: its description, its contents, and its changes as they arrive. */
export function ResourceCard({ resource, connection }: { resource: ResourceDescription; connection: Connection }) {
    const { uri, name, title, description, mimeType, isSubscribable } = resource;
    const { request } = connection.session;
    const call = useMemo(() => createCall({ request, method: 'resources/read' }, parseReadResult), [request]);
    const subscription = useMemo(() => createSubscription(connection, uri), [connection, uri]);
    useEffect(() => subscription.dispose, [subscription]);
    const state = call.state.value;
    const isOn = subscription.state.value.status !== 'off';
    const subscribe = isOn ? say.subscription.stop : say.subscription.start;

    return (
        <Card
            title={title}
            name={uri}
            tour={`resource-${name}`}
            description={
                <>
                    <LongText text={description} />
                    {mimeType !== '' && <code> {mimeType}</code>}
                </>
            }
            buttons={
                <>
                    <ActionButton
                        idle={state.status === 'waiting'}
                        onClick={() => void call.start({ uri })}
                        aria-label={`${t(say.resources.read)} ${name}`}
                    >
                        {t(say.resources.read)}
                    </ActionButton>
                    {isSubscribable && hasCapability(connection.catalog, 'resources', 'subscribe') && (
                        <ActionButton
                            idle={!isOn && connection.state.value.status !== 'connected'}
                            onClick={isOn ? subscription.stop : subscription.start}
                            aria-label={`${t(subscribe)} ${name}`}
                        >
                            {t(subscribe)}
                        </ActionButton>
                    )}
                </>
            }
        >
            <SubscriptionView name={name} subscription={subscription} />
            <ReadOutcome name={name} state={state} />
        </Card>
    );
}
