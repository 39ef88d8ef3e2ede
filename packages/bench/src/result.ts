import type { Spread } from './statistics.ts';

export type Column = 'lesson' | 'bare' | 'ours';

/** A figure: one number, the median of several rounds with its extremes, or words where there is nothing to count. */
export type Figure = number | Spread | string;

export interface Row {
    /** Names the row for programs; the same from run to run. */
    id: string;
    /** Names it for people. */
    what: string;
    unit: string;
    figures: Partial<Record<Column, Figure>>;
}

export interface SectionResult {
    name: string;
    /** What was done, with the numbers that matter. */
    title: string;
    rows: Row[];
    /** What one has to know to read the figures. */
    notes: string[];
}

export interface SectionOptions {
    /** Whether a quarter of the usual effort must do. */
    quick: boolean;
    /** Tells people how far it is; never on standard output. */
    progress(text: string): void;
}

/** Measures one thing and checks every reply while it does. */
export type Section = (options: SectionOptions) => Promise<SectionResult>;
