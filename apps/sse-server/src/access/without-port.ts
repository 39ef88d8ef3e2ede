/** Removes the client's port, which some proxies add and which changes with each connection. */
export function withoutPort(address: string): string {
    const [, host = address] = /^\[?([\d.]+|[\da-f:.]+(?=\]))\]?:\d+$/i.exec(address) ?? [];
    return host;
}
