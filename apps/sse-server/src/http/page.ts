import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RpcCode, sendRpcError } from '@calc/transport/server';
import express, { type RequestHandler } from 'express';

/** Serves the built browser page. Without a build, answers 404 and the command that builds it. */
export function servePage(): RequestHandler {
    const directory = findPage();
    if (directory) {
        const serve = express.static(directory, { redirect: false });
        return (req, res, next) => {
            // Each file has one address only.
            if (req.path.includes('//')) return next();
            serve(req, res, next);
        };
    }
    return (req, res, next) => {
        if (req.path !== '/') return next();
        sendRpcError(res, 404, RpcCode.InvalidRequest, 'The page is not built yet; run: npm run build');
    };
}

function findPage(): string | undefined {
    // The page's package has no module to import, so its manifest is resolved.
    const manifest = createRequire(import.meta.url).resolve('@calc/browser-demo/package.json');
    const directory = join(dirname(manifest), 'dist');
    return existsSync(join(directory, 'index.html')) ? directory : undefined;
}
