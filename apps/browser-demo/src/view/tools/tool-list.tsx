import type { Connection } from '../../state/session/connection.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { ToolCard } from './tool-card.tsx';

/** The tools of the server, one card each. */
export function ToolList({ connection }: { connection: Connection }) {
    return (
        <ListingView capability="tools" listing={connection.catalog.tools.value}>
            {tool => <ToolCard tool={tool} connection={connection} />}
        </ListingView>
    );
}
