import { randomUUID } from 'node:crypto';
import { NodeStreamableHTTPServerTransport, toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import { createMcpHandler, isInitializeRequest, isLegacyRequest, type McpServer } from '@modelcontextprotocol/server';
import express, { type Express, type Request, type Response } from 'express';

/** Adds Streamable HTTP: with sessions for clients of 2025, without for those of 2026-07-28. */
export function addMcpRoute(app: Express, createServer: () => McpServer) {
    const sessions = new Map<string, NodeStreamableHTTPServerTransport>();
    const handleStateless = toNodeHandler(createMcpHandler(createServer, { legacy: 'reject' }));

    app.all('/mcp', express.json(), async (req, res) => {
        if (await isLegacyRequest(await toWebRequest(req, req.body))) await handleInSession(req, res);
        else await handleStateless(req, res, req.body);
    });

    async function handleInSession(req: Request, res: Response) {
        const sessionId = req.get('Mcp-Session-Id');
        if (sessionId === undefined && isInitializeRequest(req.body)) {
            const transport = await openSession();
            await transport.handleRequest(req, res, req.body);
            return;
        }
        const transport = sessions.get(String(sessionId));
        if (transport) await transport.handleRequest(req, res, req.body);
        else if (sessionId === undefined) res.status(400).send('Mcp-Session-Id required');
        else res.status(404).send('Session not found');
    }

    async function openSession() {
        const transport = new NodeStreamableHTTPServerTransport({
            sessionIdGenerator: randomUUID,
            onsessioninitialized: id => void sessions.set(id, transport),
            onsessionclosed: id => void sessions.delete(id)
        });
        await createServer().connect(transport);
        return transport;
    }
}
