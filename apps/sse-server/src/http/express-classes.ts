import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * Options for `http.createServer` that make requests and responses of Express's own classes. Express sets the prototype
 * of each to that of the app, and changing the prototype of a live object takes half of the CPU of a call. Setting the
 * prototype that it already has takes nothing.
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
