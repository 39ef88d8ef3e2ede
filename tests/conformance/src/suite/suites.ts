/** One run of the official suite. */
export interface Suite {
    /** What the list of expected failures calls it. */
    id: string;
    title: string;
    package: string;
    args: string[];
}

const RELEASED = '@modelcontextprotocol/conformance@0.1.16';
/** The first that knows 2026-07-28; it also checks every message against the specification's schema. */
const NEXT = '@modelcontextprotocol/conformance@0.2.0-alpha.12';

/** `all` has the scenarios too that the suite holds to be pending; those of extensions belong to no revision. */
export const suites: Suite[] = [
    { id: 'released', title: '0.1.16, 2025-11-25', package: RELEASED, args: ['--suite', 'all'] },
    ...['2025-11-25', '2026-07-28'].map(revision => ({
        id: revision,
        title: `0.2.0-alpha.12, ${revision}`,
        package: NEXT,
        args: ['--suite', 'all', '--spec-version', revision]
    }))
];
