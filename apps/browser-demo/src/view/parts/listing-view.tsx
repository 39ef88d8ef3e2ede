import { type ComponentChildren, Fragment } from 'preact';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Listing } from '../../state/session/listing.ts';
import { RichText } from './rich-text.tsx';

interface ListingViewProps<Item> {
    /** The capability that the list belongs to. */
    capability: 'tools' | 'resources' | 'prompts';
    listing: Listing<Item>;
    /** Renders the card of one item. */
    children(item: Item): ComponentChildren;
}

/** A list of the server with one card for each item, or a sentence that says why it is empty. */
export function ListingView<Item>({ capability, listing, children }: ListingViewProps<Item>) {
    if (listing.status === 'failed') return <p class="failure">{t(say.list.failed, { reason: listing.reason })}</p>;
    if (listing.status === 'listed' && listing.items.length > 0) {
        return (
            <div class="cards">
                {listing.items.map(item => (
                    <Fragment key={JSON.stringify(item)}>{children(item)}</Fragment>
                ))}
            </div>
        );
    }
    return (
        <p class="empty">
            <RichText text={t(say.list[listing.status], { capability })} />
        </p>
    );
}
