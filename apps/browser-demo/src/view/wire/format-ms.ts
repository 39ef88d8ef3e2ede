import { language } from '../../state/language.ts';

/** Milliseconds as people read them: what is under ten with a decimal, and from ten seconds on seconds. */
export function formatMs(ms: number): string {
    const isLong = ms >= 10_000;
    const value = isLong ? ms / 1000 : ms;
    const maximumFractionDigits = value < 10 || isLong ? 1 : 0;
    return `${value.toLocaleString(language.value, { maximumFractionDigits })} ${isLong ? 's' : 'ms'}`;
}
