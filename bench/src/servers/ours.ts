// The real app, built, with all its checks; the environment variables are the parent's to choose.
import { parseConfig, startServer } from '@calc/sse-server';
import { noMetrics } from './no-metrics.ts';
import { serve } from './serve.ts';

const { METRICS, ...env } = process.env;
const overrides = METRICS === 'off' ? { metrics: noMetrics } : {};
const { url } = await startServer(parseConfig({ PORT: '0', ...env }), overrides);
serve(Number(new URL(url).port));
