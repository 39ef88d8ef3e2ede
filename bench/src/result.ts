import type { Spread } from './statistics.ts';

/** The servers side by side; `transport` is ours without what an app on the internet adds to it. */
export type Column = 'tutorial' | 'bare' | 'transport' | 'ours';

/** A figure: one number, the median of several rounds with its extremes, or words where there is nothing to count. */
export type Figure = number | Spread | string;

export interface Row {
    /** Names the row for programs; the same from run to run. */
    id: string;
    /** Names it for people. */
    what: string;
    unit: string;
    /** By server, or by the columns that the section names. */
    figures: Partial<Record<string, Figure>>;
}

export interface SectionResult {
    name: string;
    /** What was done, with the numbers that matter. */
    title: string;
    /** What the figures stand under, in this order, where one server alone is measured. */
    columns?: readonly string[];
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
