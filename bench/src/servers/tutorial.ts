// The tutorial server with the calculator's tools.
import { createServer } from 'node:http';
import { addTutorialRoutes } from '@calc/test-helpers/tutorial-server';
import express from 'express';
import { createCalculator } from './calculator.ts';
import { pushLogs } from './push.ts';
import { listen, serve } from './serve.ts';

const app = express();
const sessions = addTutorialRoutes(app, createCalculator);

serve(await listen(createServer(app)), async request => {
    const session = sessions.get(request.sessionId);
    if (!session) throw new Error('no such session');
    return await pushLogs(session.server, request);
});
