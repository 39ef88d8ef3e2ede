/** A check that may fail, or only warn, for the time being. It must: one that passes has to be taken off the list. */
export interface ExpectedFailure {
    /** The `id` of a suite in suites.ts. */
    suite: string;
    scenario: string;
    /** The suite's id of the check. */
    check: string;
    why: string;
}

export const expectedFailures: ExpectedFailure[] = [];
