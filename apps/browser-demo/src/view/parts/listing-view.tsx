import type { ComponentChildren } from 'preact';
import { t } from '../../state/language.ts';
import type { Listing } from '../../state/listing.ts';
import { RichText } from './rich-text.tsx';

interface ListingViewProps<Item> {
    of: 'tools' | 'resources' | 'prompts';
    listing: Listing<Item>;
    children(items: readonly Item[]): ComponentChildren;
}

/** What a server lists, or a sentence on why there is nothing to show. */
export function ListingView<Item>({ of, listing, children }: ListingViewProps<Item>) {
    switch (listing.status) {
        case 'none':
            return <p class="empty">{t(`${of}.empty`)}</p>;
        case 'unsupported':
            return (
                <p class="empty">
                    <RichText text={t(`${of}.unsupported`)} />
                </p>
            );
        case 'failed':
            return <p class="failure">{t(`${of}.failed`, { reason: listing.reason })}</p>;
        case 'listed':
            if (listing.items.length === 0) return <p class="empty">{t(`${of}.none`)}</p>;
            return <>{children(listing.items)}</>;
    }
}
