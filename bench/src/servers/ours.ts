// The real app, built, with all its checks; the environment variables are the parent's to choose.
import { createPeers, parseConfig, startServer } from '@calc/sse-server';
import { noMetrics } from './no-metrics.ts';
import { serve } from './serve.ts';

const { METRICS, WORKER, WORKER_FOLDER = '', ...env } = process.env;
const { url } = await startServer(parseConfig({ PORT: '0', ...env }), {
    ...(METRICS === 'off' && { metrics: noMetrics }),
    // One of several workers, each of which has a port of its own here, so that the driver chooses where a request arrives.
    ...(WORKER && { peers: createPeers(WORKER_FOLDER, Number(WORKER)) })
});
serve(Number(new URL(url).port));
