import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const text = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });

const description = z.strictObject({
    number: z.string().regex(/^\d\d$/, 'two digits, such as "03"'),
    title: text,
    minutes: z.int().min(1).max(120),
    goal: text,
    /** What is graded: a server by its address, a command line client, or a folder with a web page. */
    kind: z.enum(['server', 'client', 'page']),
    /** The file that runs, or for a page the file that the browser opens. */
    main: z.string().min(1),
    /** The files that the learner edits, if the main file is not the one. */
    edit: z.array(z.string().min(1)).min(1).optional(),
    /** The file of a client that is graded together with the server. */
    client: z.string().min(1).optional(),
    /** Whether the server finds the address of a joke API in JOKE_URL, so that no check needs the internet. */
    jokeApi: z.boolean().optional(),
    /** Whether the server requires the token in TOKEN, which the screen then shows. */
    token: z.boolean().optional(),
    /** More files of the solution that pass the same checks when they run instead of the main file. */
    also: z.array(z.string().min(1)).default([]),
    /** The number of the lesson whose solution is the start of this one. */
    continues: z.string().optional(),
    /** For each check from mild to full. The first is about the check that the problem fails. */
    hints: z.array(z.strictObject({ check: z.string().min(1), en: z.string().min(1), fr: z.string().min(1) })).min(1)
});

/** What lesson.json says, and where the lesson is. */
export interface Lesson extends z.infer<typeof description> {
    slug: string;
    /** The absolute path of the folder of the lesson. */
    folder: string;
}

/** A lesson.json that cannot be used. The message names the file and each fault. */
export class CatalogError extends Error {
    override name = 'CatalogError';
}

const SLUG = /^\d\d-[a-z0-9-]+$/;

/**
 * Reads all lessons, in order. A folder without lesson.json is not a lesson yet.
 *
 * @throws CatalogError if a lesson.json is broken.
 */
export function readCatalog(lessonsFolder: string): Lesson[] {
    const slugs = readdirSync(lessonsFolder).filter(name => SLUG.test(name));
    const known = slugs.filter(slug => existsSync(join(lessonsFolder, slug, 'lesson.json')));
    return known.sort().map(slug => readLesson(join(lessonsFolder, slug), slug));
}

function readLesson(folder: string, slug: string): Lesson {
    const path = join(folder, 'lesson.json');
    const parsed = description.safeParse(parse(path));
    if (!parsed.success) throw new CatalogError(`${path} is not valid:\n${z.prettifyError(parsed.error)}`);
    const { number } = parsed.data;
    if (!slug.startsWith(`${number}-`))
        throw new CatalogError(`${path} has number "${number}", not that of its folder`);
    return { ...parsed.data, slug, folder };
}

function parse(path: string): unknown {
    try {
        return JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
        throw new CatalogError(`${path} is not valid: ${error instanceof Error ? error.message : error}`);
    }
}

/** Finds a lesson by `3`, `03`, or its folder's name. */
export function findLesson(catalog: readonly Lesson[], word: string): Lesson | undefined {
    const number = word.padStart(2, '0');
    return catalog.find(lesson => lesson.number === number || lesson.slug === word);
}
