import { computed, effect, signal } from '@preact/signals';
import { readStored, store } from './storage.ts';

/** The colour theme of the page. A projector often needs another one than a laptop. */
export type Theme = 'light' | 'dark';

const STORED_AS = 'theme';
const wishes = matchMedia('(prefers-color-scheme: dark)');
const toTheme = (isDark: boolean): Theme => (isDark ? 'dark' : 'light');
const chosen = signal(readStored(STORED_AS));
const wished = signal(toTheme(wishes.matches));
wishes.addEventListener('change', ({ matches }) => {
    wished.value = toTheme(matches);
});

/** The last choice of the user, otherwise the preference of the browser. */
export const theme = computed(
    (): Theme => (chosen.value === 'light' || chosen.value === 'dark' ? chosen.value : wished.value)
);

/** Changes the theme and stores the choice for the next visit. */
export function chooseTheme(next: Theme): void {
    chosen.value = next;
    store(STORED_AS, next);
}

effect(() => {
    document.documentElement.dataset.theme = theme.value;
});
