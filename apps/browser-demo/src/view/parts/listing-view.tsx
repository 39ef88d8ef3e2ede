import { type ComponentChildren, Fragment } from 'preact';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { Listing } from '../../state/session/listing.ts';
import { RichText } from './rich-text.tsx';

interface ListingViewProps<Item> {
    /** By which capability a server says that it has such things. */
    capability: 'tools' | 'resources' | 'prompts';
    listing: Listing<Item>;
    /** The card of one of them. */
    children(item: Item): ComponentChildren;
}

/** What a server lists, a card each, or a sentence on why there is nothing to show. */
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
