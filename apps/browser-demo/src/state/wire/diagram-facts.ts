import { createResumptions, type Resumptions } from '../../wire/diagram/resumptions.ts';
import { createSpans, type Spans } from '../../wire/diagram/spans.ts';
import type { RecordStore } from './record.ts';

/** What the diagram alone derives from a record. */
export interface DiagramFacts {
    readonly spans: Spans;
    readonly resumptions: Resumptions;
}

const known = new WeakMap<RecordStore, DiagramFacts>();

/** Creates them once for each record, so that a replay and the way back need no new work. */
export function diagramFactsOf(record: RecordStore): DiagramFacts {
    const { wire, exchanges } = record;
    const facts = known.get(record) ?? {
        spans: createSpans(wire, exchanges),
        resumptions: createResumptions(wire, exchanges)
    };
    known.set(record, facts);
    return facts;
}
