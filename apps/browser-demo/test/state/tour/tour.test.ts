import { expect, test } from 'vitest';
import { createTour } from '../../../src/state/tour/tour.ts';
import { createShownRecord } from '../../../src/state/wire/shown-record.ts';
import { toTranscript } from '../../../src/wire/transcript/transcript.ts';

function createPage() {
    const ignore = () => {};
    const page = createShownRecord({ now: () => 0, schedule: () => ignore, draw: ignore });
    const { record } = page;
    const tour = createTour(page);
    const body = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return {
        tour,
        page,
        record,
        shown: () => tour.place.value && [tour.place.value.at, tour.place.value.isDone],
        handshake() {
            record.wire.record('A', { kind: 'post', number: 1, url: 'http://calc.test/messages', body });
            record.wire.record('A', { kind: 'answered', number: 1, status: 202, statusText: 'Accepted' });
        }
    };
}

test('the tour knows what happened before it was opened, and what is cleared has not happened', () => {
    const { tour, record, shown, handshake } = createPage();
    handshake();
    expect(shown()).toBeUndefined();
    tour.open();
    expect(shown()).toEqual([1, true]);
    record.wire.clear();
    expect(shown()).toEqual([1, false]);
    handshake();
    expect(shown()).toEqual([1, true]);
});

test('the tour goes forward without waiting, keeps its place, and begins anew after the last step', () => {
    const { tour, shown } = createPage();
    tour.open();
    tour.back();
    expect(shown()).toEqual([1, false]);
    for (let step = 2; step <= 10; step++) {
        tour.next();
        expect(shown()).toEqual([step, false]);
    }
    tour.close();
    expect(shown()).toBeUndefined();
    tour.open();
    expect(shown()).toEqual([10, false]);
    tour.next();
    expect(shown()).toBeUndefined();
    tour.open();
    expect(shown()).toEqual([1, false]);
});

test('the last step is done when a transcript is replayed', () => {
    const { tour, page, record, shown, handshake } = createPage();
    handshake();
    tour.open();
    for (let step = 2; step <= 10; step++) tour.next();
    page.startReplay({ name: 'lesson.json', text: toTranscript(record.wire.entries()) });
    expect(shown()).toEqual([10, true]);
    page.endReplay();
    expect(shown()).toEqual([10, true]);
});
