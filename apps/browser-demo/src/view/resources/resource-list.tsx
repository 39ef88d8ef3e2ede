import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Connection } from '../../state/session/connection.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { ResourceCard } from './resource-card.tsx';
import { TemplateCard } from './template-card.tsx';

/** The resources of the server, one card each, then its templates. */
export function ResourceList({ connection }: { connection: Connection }) {
    const { resources, templates } = connection.catalog;
    const { value } = templates;
    return (
        <>
            <ListingView capability="resources" listing={resources.value}>
                {resource => <ResourceCard resource={resource} connection={connection} />}
            </ListingView>
            {(value.status === 'failed' || (value.status === 'listed' && value.items.length > 0)) && (
                <>
                    <h3 class="panel-subheading">{t(say.resources.templates)}</h3>
                    <ListingView capability="resources" listing={value}>
                        {template => <TemplateCard template={template} connection={connection} />}
                    </ListingView>
                </>
            )}
        </>
    );
}
