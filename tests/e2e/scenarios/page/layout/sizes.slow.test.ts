import { describe, test } from 'vitest';
import { expectLastCallInSight, expectOneOfTwoViews, expectPresenterView } from './expectations.ts';

test.concurrent('after a call, its arrows and its result are in sight, without scrolling', () =>
    expectLastCallInSight({ width: 1280, height: 720 }));

test.concurrent('the presenter view shows the diagram alone in large letters', () =>
    expectPresenterView({ width: 1280, height: 720 }));

test.concurrent('a small window shows the tools or the wire', () => expectOneOfTwoViews({ width: 390, height: 844 }));

// sizes.test.ts has one more size of each.

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };
/** A laptop at a zoom of 150 %. */
const ZOOMED = { width: 853, height: 480 };
const PROJECTOR = { width: 1920, height: 1080 };

describe('after a call, its arrows and its result are in sight, without scrolling', () => {
    for (const size of [PHONE, TABLET, PROJECTOR]) {
        test.concurrent(`at ${size.width} x ${size.height}`, () => expectLastCallInSight(size));
    }
});

describe('the presenter view shows the diagram alone in large letters', () => {
    for (const size of [PROJECTOR]) {
        test.concurrent(`at ${size.width} x ${size.height}`, () => expectPresenterView(size));
    }
});

describe('a small window shows the tools or the wire', () => {
    for (const size of [TABLET, ZOOMED]) {
        test.concurrent(`at ${size.width} x ${size.height}`, () => expectOneOfTwoViews(size));
    }
});
