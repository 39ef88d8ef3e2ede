import { test } from 'vitest';
import { expectLastCallInSight, expectOneOfTwoViews, expectPresenterView } from './expectations.ts';

// One size of each; sizes.slow.test.ts has the others.

test.concurrent('after a call, its arrows and its result are in sight, without scrolling', () =>
    expectLastCallInSight({ width: 1280, height: 720 }));

test.concurrent('the presenter view shows the diagram alone in large letters', () =>
    expectPresenterView({ width: 1280, height: 720 }));

test.concurrent('a small window shows the tools or the wire', () => expectOneOfTwoViews({ width: 390, height: 844 }));
