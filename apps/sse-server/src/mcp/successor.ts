/** When Streamable HTTP replaced HTTP+SSE: 2025-03-26, as a structured date (RFC 9745, section 2.1). */
const DEPRECATED_SINCE = '@1742947200';

/** Headers of `/sse` that name it deprecated, and `/mcp` its successor (RFC 9745 and RFC 5829, section 3.2). */
export function successorHeaders(basePath: string): Record<string, string> {
    return { Deprecation: DEPRECATED_SINCE, Link: `<${basePath}/mcp>; rel="successor-version"` };
}
