import type { McpRequest } from '@calc/transport/server';
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { withoutPort } from './without-port.ts';

/** Identifies the client for limits: by its credential, or without one by its address. */
export function clientOf(req: Request): string {
    const { auth } = req as McpRequest;
    // For IPv6 the key is the network: one household has a whole network of addresses.
    return auth ? auth.clientId : ipKeyGenerator(withoutPort(req.ip ?? ''));
}
