import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * Options for `http.createServer` that create requests and responses with the app's prototypes. Express sets these
 * prototypes on each request and response. Changing the prototype of a live object takes half of the CPU of a call;
 * setting the prototype that it already has is free.
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
