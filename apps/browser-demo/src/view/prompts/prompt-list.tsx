import type { Connection } from '../../state/connection.ts';
import { t } from '../../state/language.ts';
import { ListingView } from '../parts/listing-view.tsx';
import { PanelHeading } from '../parts/session-panel.tsx';
import { PromptCard } from './prompt-card.tsx';

/** The prompts that the server lists, a card each. */
export function PromptList({ connection }: { connection: Connection }) {
    return (
        <>
            <PanelHeading session={connection.key} text={t('panel.prompts', { session: connection.key })} />
            <ListingView of="prompts" listing={connection.catalog.prompts.value}>
                {prompts => (
                    <div class="cards">
                        {prompts.map(prompt => (
                            <PromptCard key={JSON.stringify(prompt)} prompt={prompt} connection={connection} />
                        ))}
                    </div>
                )}
            </ListingView>
        </>
    );
}
