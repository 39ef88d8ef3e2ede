import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type RequestHandler } from 'express';

/** Serves the browser page from its build, or says how to build it. */
export function servePage(): RequestHandler {
    const directory = findPage();
    if (directory) {
        const serve = express.static(directory, { redirect: false });
        // A file has one address; `//` is none.
        return (req, res, next) => (req.path.includes('//') ? next() : serve(req, res, next));
    }
    return (req, res, next) => {
        if (req.path !== '/') return next();
        res.status(404).type('text/plain').send('The page is not built yet; run: npm run build\n');
    };
}

function findPage(): string | undefined {
    // The page is no module, so its package is found by its manifest.
    const manifest = createRequire(import.meta.url).resolve('@calc/browser-demo/package.json');
    const directory = join(dirname(manifest), 'dist');
    return existsSync(join(directory, 'index.html')) ? directory : undefined;
}
