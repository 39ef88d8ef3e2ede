import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import type { Described } from '../../mcp/features/list-all.ts';
import { t } from '../../state/preferences/language.ts';
import type { Listing } from '../../state/session/listing.ts';
import { wordsOf } from '../../wire/filter.ts';
import { RichText } from './rich-text.tsx';
import { set } from './signals.ts';

/** From this number of items on, the list can be searched. */
const MANY = 7;

interface ListingViewProps<Item extends Described> {
    /** The capability that the list belongs to. */
    capability: 'tools' | 'resources' | 'prompts';
    listing: Listing<Item>;
    /** Renders the card of one item. */
    children(item: Item): ComponentChildren;
}

/** A list of the server with one card for each item, or a sentence that says why it is empty. */
export function ListingView<Item extends Described>({ capability, listing, children }: ListingViewProps<Item>) {
    if (listing.status === 'failed') return <p class="failure">{t(say.list.failed, { reason: listing.reason })}</p>;
    if (listing.status === 'listed' && listing.items.length > 0) {
        return <Cards items={listing.items}>{children}</Cards>;
    }
    return (
        <p class="empty">
            <RichText text={t(say.list[listing.status], { capability })} />
        </p>
    );
}

/** The cards. Those that a search does not find are hidden, not removed, so that they keep their input. */
function Cards<Item extends Described>({
    items,
    children
}: Pick<ListingViewProps<Item>, 'children'> & { items: readonly Item[] }) {
    const countId = useId();
    const search = useSignal('');
    const words = items.length < MANY ? [] : wordsOf(search.value);
    const isFound = ({ name, title, description }: Item): boolean => {
        const text = `${name} ${title} ${description}`.toLowerCase();
        return words.every(word => text.includes(word));
    };
    const count = items.filter(isFound).length;
    return (
        <>
            {items.length >= MANY && (
                <search class="list-search">
                    <input
                        type="search"
                        aria-label={t(say.list.search)}
                        aria-describedby={countId}
                        placeholder={t(say.list.search)}
                        value={search.value}
                        onInput={({ currentTarget }) => set(search, currentTarget.value)}
                        onKeyDown={({ key }) => key === 'Escape' && set(search, '')}
                    />
                    <span id={countId} class="count">
                        {words.length > 0 && t(say.list.count, { count, all: items.length })}
                    </span>
                </search>
            )}
            <div class="cards">
                {items.map(item => (
                    <div key={JSON.stringify(item)} class="listed" hidden={!isFound(item)}>
                        {children(item)}
                    </div>
                ))}
            </div>
        </>
    );
}
