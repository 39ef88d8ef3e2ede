import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import * as say from '../../i18n/texts.ts';
import { t } from '../../state/preferences/language.ts';
import type { ShownWire } from '../../state/wire/shown-record.ts';
import {
    type KindGroup,
    kindGroups,
    toggleDirection,
    toggleGroup,
    toggleSession,
    wantsGroup
} from '../../wire/filter-steps.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { set } from '../parts/signals.ts';

interface FilterBarProps extends ShownWire {
    id: string;
    /** Whether the filter is open in a narrow window. */
    isOpen: boolean;
}

const directions = [
    ['to-server', '→'],
    ['to-browser', '←']
] as const;

/** The filter of the record: search words, sessions, kinds and direction. */
export function FilterBar({ id, record, view, isOpen }: FilterBarProps) {
    const { filter, isFiltered } = view;
    const countId = useId();
    void record.revision.value;
    const sessions = record.sessions.list();
    const search = (text: string): void => set(filter, { ...filter.value, text });
    return (
        <search id={id} class="filter-bar" aria-label={t(say.toolbar.filter)} data-open={isOpen || undefined}>
            <input
                type="search"
                aria-label={t(say.toolbar.search)}
                aria-describedby={countId}
                placeholder={t(say.toolbar.search)}
                value={filter.value.text ?? ''}
                onInput={({ currentTarget }) => search(currentTarget.value)}
                onKeyDown={({ key }) => key === 'Escape' && search('')}
            />
            <fieldset class="toggles">
                <legend class="visually-hidden">{t(say.toolbar.only)}</legend>
                {sessions.length > 1 &&
                    sessions.map(({ key, colour }) => (
                        <Toggle
                            key={key}
                            colour={colour}
                            means={t(say.sessions.named, { key })}
                            name={t(say.sessions.named, { key })}
                            isOn={filter.value.sessions?.has(key) ?? false}
                            onClick={() => set(filter, toggleSession(filter.value, key))}
                        >
                            {key}
                        </Toggle>
                    ))}
                {directions.map(([direction, glyph]) => (
                    <Toggle
                        key={direction}
                        means={t(say.direction[direction])}
                        isOn={filter.value.direction === direction}
                        onClick={() => set(filter, toggleDirection(filter.value, direction))}
                    >
                        <span aria-hidden="true">{glyph}</span> {t(say.kind[direction])}
                    </Toggle>
                ))}
                {(Object.keys(kindGroups) as KindGroup[]).map(group => (
                    <Toggle
                        key={group}
                        means={t(say.kindMeans[group])}
                        isOn={wantsGroup(filter.value, group)}
                        onClick={() => set(filter, toggleGroup(filter.value, group))}
                    >
                        {t(say.kind[group])}
                    </Toggle>
                ))}
            </fieldset>
            <span id={countId} class="count">
                {isFiltered.value && t(say.toolbar.matches, { count: view.rows.value.length })}
            </span>
            <ActionButton class="quiet" idle={!isFiltered.value} onClick={() => set(filter, {})}>
                {t(say.toolbar.reset)}
            </ActionButton>
        </search>
    );
}

interface ToggleProps {
    isOn: boolean;
    /** What the toggle selects. */
    means: string;
    /** The meaning of a letter, for screen readers. */
    name?: string;
    colour?: number;
    onClick: () => void;
    children: ComponentChildren;
}

function Toggle({ isOn, means, name, colour, onClick, children }: ToggleProps) {
    return (
        <button
            type="button"
            class="toggle"
            aria-pressed={isOn}
            aria-label={name}
            title={t(say.toolbar.onlyThis, { means })}
            data-colour={colour}
            onClick={onClick}
        >
            {children}
        </button>
    );
}
