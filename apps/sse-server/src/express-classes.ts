import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http';
import type { Express } from 'express';

/**
 * Options for `http.createServer` that make requests and responses Express's own from birth. Express gives each the
 * app's prototype when it comes in, and changing the prototype of a live object costs as much as the whole protocol
 * around it; to set the one that is there already costs nothing.
 */
export function expressClasses(app: Express): ServerOptions {
    return {
        IncomingMessage: withPrototype(IncomingMessage, app.request),
        ServerResponse: withPrototype(ServerResponse, app.response)
    };
}

function withPrototype<Base extends typeof IncomingMessage | typeof ServerResponse>(
    base: Base,
    prototype: object
): Base {
    // Not a class: the prototype of a class cannot be chosen. Nor Reflect.construct: V8 then gives every object a shape
    // of its own, and all code that touches requests slows down threefold.
    function Made(this: object, ...args: unknown[]) {
        Reflect.apply(base as unknown as (...args: unknown[]) => void, this, args);
    }
    Made.prototype = prototype;
    return Made as unknown as Base;
}
