import type { Connection } from '../../state/session/connection.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { PromptCard } from './prompt-card.tsx';

/** The prompts of the server, one card each. */
export function PromptList({ connection }: { connection: Connection }) {
    return (
        <ListingView capability="prompts" listing={connection.catalog.prompts.value}>
            {prompt => <PromptCard prompt={prompt} connection={connection} />}
        </ListingView>
    );
}
