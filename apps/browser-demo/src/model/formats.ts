/** Formats of JSON Schema that people get wrong, each with an example. Patterns are the page's own, and quick. */
const FORMATS: Readonly<Record<string, { example: string; fits(text: string): boolean }>> = {
    date: { example: '2026-01-31', fits: text => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) },
    'date-time': {
        example: '2026-01-31T09:30:00Z',
        fits: text =>
            /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(text) && !Number.isNaN(Date.parse(text))
    },
    time: { example: '09:30:00Z', fits: text => /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i.test(text) },
    email: { example: 'ada@example.org', fits: text => /^[^\s@]+@[^\s@]+$/.test(text) },
    uri: { example: 'https://example.org/', fits: text => URL.canParse(text) },
    uuid: {
        example: '9b2c7f6e-1d3a-4c58-8f0e-2a6b5d4c3e1f',
        fits: text => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
    }
};

/** An example of a format; undefined for one that is not known here. */
export function exampleOf(format: unknown): string | undefined {
    return typeof format === 'string' && Object.hasOwn(FORMATS, format) ? FORMATS[format]?.example : undefined;
}

/** Whether a text is of that format, as far as the page knows it. */
export function fitsFormat(text: string, format: unknown): boolean {
    if (typeof format !== 'string' || !Object.hasOwn(FORMATS, format)) return true;
    return FORMATS[format]?.fits(text) ?? true;
}
