import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Lesson } from '../catalog/catalog.ts';

// Authors have the same as a type: lessons/variant.ts.
const variants = z.array(
    z.strictObject({
        name: z.string().regex(/^[a-z0-9-]+$/),
        fails: z.string(),
        replace: z.string().min(1),
        with: z.string(),
        file: z.string().optional(),
        main: z.string().optional(),
        process: z.boolean().optional()
    })
);

/** The solution of a lesson with one mistake that people make. */
export type Variant = z.infer<typeof variants>[number];

/** Reads wrong/variants.ts; a lesson without this file has no variants yet. */
export async function readVariants(lesson: Lesson): Promise<Variant[]> {
    const path = join(lesson.folder, 'wrong/variants.ts');
    if (!existsSync(path)) return [];
    return variants.parse((await import(pathToFileURL(path).href)).variants);
}

export function copyProblem({ folder }: Lesson, copy: string): void {
    cpSync(join(folder, 'problem'), copy, { recursive: true });
}

/**
 * Writes the solution of a lesson with the mistake of a variant into a folder.
 *
 * @throws Error if the text to replace does not stand exactly once in its file.
 */
export function writeVariant(lesson: Lesson, variant: Variant, folder: string): void {
    const { name, replace, main = lesson.main, file = main } = variant;
    cpSync(join(lesson.folder, 'solution'), folder, { recursive: true });
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(replace);
    if (parts.length !== 2) {
        const times = parts.length - 1;
        throw new Error(`variant ${name}: solution/${file} has the text to replace ${times} times, not once`);
    }
    writeFileSync(path, parts.join(variant.with));
}
