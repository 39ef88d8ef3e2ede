import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { PanelHeading } from '../parts/session-panel.tsx';
import { ToolCard } from './tool-card.tsx';

/** The tools that the server lists, a card each. */
export function ToolList({ connection }: { connection: Connection }) {
    return (
        <>
            <PanelHeading session={connection.key} text={t('panel.tools', { session: connection.key })} />
            <ListingView of="tools" listing={connection.catalog.tools.value}>
                {tools => (
                    <div class="cards">
                        {tools.map(tool => (
                            <ToolCard key={JSON.stringify(tool)} tool={tool} request={connection.session.request} />
                        ))}
                    </div>
                )}
            </ListingView>
        </>
    );
}
