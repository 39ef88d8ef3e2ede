import type { McpServer } from '@modelcontextprotocol/server';
import express, { type Express, type Request, type Response } from 'express';

/** Adds Streamable HTTP: with sessions for clients of 2025, without for those of 2026-07-28. */
export function addMcpRoute(app: Express, _createServer: () => McpServer) {
    // TODO 2: the sessions by their ids, and the function openSession.

    // TODO 3: answer requests of 2026-07-28 without a session.
    app.all('/mcp', express.json(), handleInSession);

    // TODO 2: open a session at `initialize`, and find the session of each other request.
    async function handleInSession(_req: Request, res: Response) {
        res.status(501).send('Not written yet');
    }
}
