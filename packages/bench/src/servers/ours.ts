// The real app, built, with all its checks; the environment variables are the parent's to choose.
import { parseConfig, startServer } from '@calc/sse-server';
import { serve } from './serve.ts';

const { url } = await startServer(parseConfig({ PORT: '0', ...process.env }));
serve(Number(new URL(url).port));
