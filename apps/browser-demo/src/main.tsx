import { effect } from '@preact/signals';
import { render } from 'preact';
import { createRawSource } from './mcp/transport/raw-stream.ts';
import { createNativeSource } from './mcp/transport/stream-source.ts';
import { createPage } from './state/page.ts';
import { App } from './view/app.tsx';

const fetch = window.fetch.bind(window);
const schedule = (callback: () => void, ms: number) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
};
const [delivery] = performance.getEntriesByType('navigation');
const page = createPage({
    url: document.baseURI,
    protocol: delivery instanceof PerformanceNavigationTiming ? delivery.nextHopProtocol : '',
    fetch,
    sources: { native: createNativeSource(EventSource), raw: createRawSource({ fetch, schedule }) },
    // The start of the page in wall-clock time, plus a monotonic clock.
    now: () => performance.timeOrigin + performance.now(),
    schedule,
    draw: callback => requestAnimationFrame(callback)
});

const place = document.getElementById('app');
if (!place) throw new TypeError('index.html must have an element with the id app');
render(<App page={page} />, place);
void page.start(page.add());

addEventListener('pagehide', page.suspend);
addEventListener('pageshow', ({ persisted }) => persisted && page.resume());
// If idle streams take all connections, the request for the next page gets none, and `pagehide` would come after it.
effect(() => {
    const { count, closeAll } = page.idleStreams;
    if (count.value === 0) return;
    addEventListener('beforeunload', closeAll);
    return () => removeEventListener('beforeunload', closeAll);
});
