import { hasCapability } from '../../state/catalog.ts';
import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { PanelHeading } from '../parts/session-panel.tsx';
import { ResourceCard } from './resource-card.tsx';
import { TemplateCard } from './template-card.tsx';

/** The resources that the server lists, a card each; then the templates, each for many more. */
export function ResourceList({ connection }: { connection: Connection }) {
    const templates = connection.catalog.templates.value;
    const canSubscribe = hasCapability(connection.catalog, 'resources', 'subscribe');
    return (
        <>
            <PanelHeading session={connection.key} text={t('panel.resources', { session: connection.key })} />
            <ListingView of="resources" listing={connection.catalog.resources.value}>
                {resources => (
                    <div class="cards">
                        {resources.map(resource => (
                            <ResourceCard
                                key={JSON.stringify(resource)}
                                resource={resource}
                                connection={connection}
                                canSubscribe={canSubscribe}
                            />
                        ))}
                    </div>
                )}
            </ListingView>
            {templates.status === 'failed' && (
                <p class="failure">{t('templates.failed', { reason: templates.reason })}</p>
            )}
            {templates.status === 'listed' && templates.items.length > 0 && (
                <>
                    <h3 class="panel-subheading">{t('templates.heading')}</h3>
                    <div class="cards">
                        {templates.items.map(template => (
                            <TemplateCard key={JSON.stringify(template)} template={template} connection={connection} />
                        ))}
                    </div>
                </>
            )}
        </>
    );
}
