/** A wrong server: the solution of a lesson with one mistake that people make. */
export interface Variant {
    /** In kebab case, unique in its lesson. */
    name: string;
    /** The id of the check that must fail first. */
    fails: string;
    /** Text that stands exactly once in the solution. */
    replace: string;
    with: string;
    /** The file of the solution that is changed; by default the one that runs. */
    file?: string;
    /** The file that runs; by default the main file of the lesson. */
    main?: string;
    /** Whether only a process of its own shows the mistake: the check stops it, or reads what it prints. */
    process?: boolean;
}
