import type { IncomingMessage } from 'node:http';

export interface BufferedBody {
    bytes: Buffer;
}

/** Reads a whole request, so that it can be sent to another process. Undefined if its client has disconnected. */
export async function readBody(req: IncomingMessage): Promise<BufferedBody | undefined> {
    const chunks: Buffer[] = [];
    try {
        for await (const chunk of req) chunks.push(chunk);
        return { bytes: Buffer.concat(chunks) };
    } catch {
        return undefined;
    }
}
