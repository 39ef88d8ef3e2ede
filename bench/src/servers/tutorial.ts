// The tutorial server, which is the solution of lesson 04, with the calculator's tools.
import { createServer } from 'node:http';
import { addMcpRoutes } from '@calc/lessons/tutorial';
import express from 'express';
import { createCalculator } from './calculator.ts';
import { pushLogs } from './push.ts';
import { listen, serve } from './serve.ts';

const app = express();
const sessions = addMcpRoutes(app, createCalculator);

serve(await listen(createServer(app)), async request => {
    const session = sessions.get(request.sessionId);
    if (!session) throw new Error('no such session');
    return await pushLogs(session.server, request);
});
