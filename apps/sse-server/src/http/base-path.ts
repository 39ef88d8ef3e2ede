import type { RequestHandler } from 'express';

/** Removes the path prefix of a reverse proxy, if the proxy has not removed it. */
export function stripBasePath(basePath: string): RequestHandler {
    return (req, _res, next) => {
        if (req.url.startsWith(`${basePath}/`)) req.url = req.url.slice(basePath.length);
        next();
    };
}

/** Redirects the prefix without a final slash to the page, whose relative addresses require that slash. */
export function addSlash(basePath: string): RequestHandler {
    return ({ method, originalUrl }, res, next) => {
        const isPrefix = originalUrl === basePath || originalUrl.startsWith(`${basePath}?`);
        if (!isPrefix || (method !== 'GET' && method !== 'HEAD')) return next();
        res.redirect(308, `${basePath}/${originalUrl.slice(basePath.length)}`);
    };
}
