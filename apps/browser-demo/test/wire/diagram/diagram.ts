import { createBands } from '../../../src/wire/diagram/bands.ts';
import { createReaches } from '../../../src/wire/diagram/reach.ts';
import { createRows, type Rows } from '../../../src/wire/diagram/rows.ts';
import { createSpans } from '../../../src/wire/diagram/spans.ts';
import { createExchanges } from '../../../src/wire/exchanges.ts';
import { createRecord } from '../record.ts';

/** A record with all that the diagram derives from it. */
export function createDiagram(options: Parameters<typeof createRecord>[0] = {}) {
    const record = createRecord(options);
    const { wire } = record;
    const exchanges = createExchanges(wire);
    const bands = createBands(wire);
    const rowsOf = createRows({ exchanges, bands, spans: createSpans(wire, exchanges, bands) });
    return {
        ...record,
        bands,
        reaches: createReaches(wire, exchanges),
        rowsOf,
        rows: (): Rows => rowsOf(wire.entries()),
        beat: () => wire.record('a', { kind: 'comment', text: 'keepalive', raw: ': keepalive\n\n' }),
        drop: (session = 'a') => wire.record(session, { kind: 'dropped' }),
        open: (session = 'a') => wire.record(session, { kind: 'opened', lastEventId: 's:4' })
    };
}
