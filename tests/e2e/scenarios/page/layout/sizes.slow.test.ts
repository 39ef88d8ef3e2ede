import { describe, test } from 'vitest';
import { expectLastCallInSight, expectOneOfTwoViews, expectPresenterView } from './expectations.ts';

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 768, height: 1024 };
/** A laptop at a zoom of 150 %. */
const ZOOMED = { width: 853, height: 480 };
const LAPTOP = { width: 1280, height: 720 };
const PROJECTOR = { width: 1920, height: 1080 };

const nameOf = ({ width, height }: { width: number; height: number }) => `at ${width} x ${height}`;

describe('after a call, its arrows and its result are in sight, without scrolling', () => {
    for (const size of [PHONE, TABLET, LAPTOP, PROJECTOR]) test(nameOf(size), () => expectLastCallInSight(size));
});

describe('the presenter view shows the diagram alone in large letters', () => {
    for (const size of [LAPTOP, PROJECTOR]) test(nameOf(size), () => expectPresenterView(size));
});

describe('a small window shows the tools or the wire', () => {
    for (const size of [PHONE, TABLET, ZOOMED]) test(nameOf(size), () => expectOneOfTwoViews(size));
});
