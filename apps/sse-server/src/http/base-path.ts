import type { RequestHandler } from 'express';

/** Takes the prefix of a reverse proxy off, for those that leave it on. */
export function stripBasePath(basePath: string): RequestHandler {
    return (req, _res, next) => {
        if (req.url.startsWith(`${basePath}/`)) req.url = req.url.slice(basePath.length);
        next();
    };
}

/** Sends who asks for the prefix without its slash to the page: its relative addresses begin at that slash. */
export function addSlash(basePath: string): RequestHandler {
    return ({ method, originalUrl }, res, next) => {
        const isPrefix = originalUrl === basePath || originalUrl.startsWith(`${basePath}?`);
        if (!isPrefix || (method !== 'GET' && method !== 'HEAD')) return next();
        res.redirect(308, `${basePath}/${originalUrl.slice(basePath.length)}`);
    };
}
