/** An address without the client's port, which some proxies put behind it and which each connection has anew. */
export function withoutPort(address: string): string {
    const [, host = address] = /^\[?([\d.]+|[\da-f:.]+(?=\]))\]?:\d+$/i.exec(address) ?? [];
    return host;
}
