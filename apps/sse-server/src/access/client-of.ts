import type { McpRequest } from '@calc/transport/server';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { withoutPort } from './client-address.ts';

/** Names the client that sends a request, for its rate and its share of places: its credential, else its address. */
export function clientOf(req: Request): string {
    const { auth } = req as McpRequest;
    // A household has one IPv6 network, and more addresses in it than there are clients in the world.
    return auth ? auth.clientId : ipKeyGenerator(withoutPort(req.ip ?? ''));
}
