import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';

// What Express and node have no public way for, and what is won by it. Where node changes, nothing is won.

/**
 * Options for `http.createServer` that make requests and responses Express's own from birth. Express gives each the
 * app's prototype when it comes in, and changing the prototype of a live object costs as much as the whole protocol
 * around it; to set the one that is there already costs nothing.
 */
export function expressClasses(app: Express): ServerOptions {
    class AppRequest extends IncomingMessage {}
    class AppResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
    Object.setPrototypeOf(AppRequest.prototype, app.request);
    Object.setPrototypeOf(AppResponse.prototype, app.response);
    app.request = AppRequest.prototype as typeof app.request;
    app.response = AppResponse.prototype as unknown as typeof app.response;
    return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

/** Hands a request to a route of the app (what `app.route` returns) without looking for it; for `expressClasses`. */
export function dispatch(route: object, req: Request, res: Response, next: NextFunction): void {
    (route as { dispatch: RequestHandler }).dispatch(req, res, next);
}

const NO_HEADERS = { headers: {}, rawHeaders: [] };

/** Where node keeps a response's headers; undefined in a version that does not. */
const OUT_HEADERS = Object.getOwnPropertySymbols(new ServerResponse(new IncomingMessage(new Socket()))).find(
    ({ description }) => description === 'kOutHeaders'
);

/** A stream lives for hours. What is kept for handlers further on, and of headers that are sent, is let go of: 4 KB. */
export function releaseRouteState(req: Request, res: Response): void {
    Object.assign(req, NO_HEADERS, {
        next: undefined,
        params: undefined,
        rateLimit: undefined,
        route: undefined,
        _parsedUrl: undefined
    });
    Object.assign(res, { locals: undefined });
    if (!res.headersSent) return;
    // By the first node tells that they are sent, and asks no more of it.
    Object.assign(res, { _header: 'sent' }, OUT_HEADERS && { [OUT_HEADERS]: null });
}
