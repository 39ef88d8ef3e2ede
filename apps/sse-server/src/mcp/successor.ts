/** When Streamable HTTP replaced HTTP+SSE: 2025-03-26, as a structured date (RFC 9745, section 2.1). */
const DEPRECATED_SINCE = '@1742947200';

/** What tells clients of `/sse` that it is deprecated, and where to go (RFC 9745 and RFC 5829, section 3.2). */
export function successorHeaders(basePath: string): Record<string, string> {
    return { Deprecation: DEPRECATED_SINCE, Link: `<${basePath}/mcp>; rel="successor-version"` };
}
