import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http';
import type { Express } from 'express';

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
