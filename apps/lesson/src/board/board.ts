import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { Learners, postSchema } from './learners.ts';
import { CONTENT_SECURITY_POLICY, drawPage, drawTable, type PageOptions } from './page.ts';

const MAX_BODY_BYTES = 4096;

/** How often the page is sent again, so that its minutes are right. */
const REFRESH_MS = 30_000;

interface BoardOptions extends PageOptions {
    host: string;
    /** 0 for any. */
    port: number;
    /** What learners have to send. Without it, only pages and programs of this machine may post. */
    code?: string | undefined;
    now?: () => number;
}

/** Serves the board. Learners post to it; only a browser on this machine can see it. */
export async function startBoard({ host, port, code, now = Date.now, ...options }: BoardOptions) {
    const learners = new Learners();
    const streams = new Set<Response>();
    const event = () => `data: ${drawTable(learners.list(now()), now(), options)}\n\n`;

    /** A stream whose browser does not read gets the next event that it has room for. */
    function send(): void {
        const text = event();
        for (const stream of streams) if (!stream.writableNeedDrain) stream.write(text);
    }

    const app = express().disable('x-powered-by');
    app.use((_req, res, next) => {
        res.set({ 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'Cache-Control': 'no-store' });
        next();
    });
    const refuseOthers = onlyOnThisMachine(options.texts.onlyItsMachine);
    if (code === undefined) app.use(refuseOthers);
    app.post('/checks', express.json({ limit: MAX_BODY_BYTES }), (req, res) => {
        const { data: post, error } = postSchema.safeParse(req.body, { error: () => 'the body must be a JSON object' });
        if (!post) return void refuse(res, 400, error.issues.map(({ message }) => message).join('; '));
        if (code !== undefined && post.code !== code) return void refuse(res, 403, 'the join code is wrong');
        const shownAs = learners.add(post, now());
        if (shownAs === undefined) return void refuse(res, 503, 'the board has 200 learners, which is the most');
        send();
        res.json({ shownAs });
    });
    app.use(refuseOthers);
    app.get('/', (_req, res) => void res.send(drawPage(learners.list(now()), now(), options)));
    app.get('/events', (_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' }).write(event());
        streams.add(res);
        res.on('close', () => streams.delete(res));
    });
    app.use((error: Error & { status?: number }, _req: Request, res: Response, _next: NextFunction) => {
        refuse(res, error.status ?? 500, error.message);
    });

    const server = createServer({ requestTimeout: 10_000 }, app).listen(port, host);
    await once(server, 'listening');
    const refreshing = setInterval(send, REFRESH_MS);
    return {
        port: (server.address() as AddressInfo).port,
        async [Symbol.asyncDispose]() {
            clearInterval(refreshing);
            server.close().closeAllConnections();
        }
    };
}

function refuse(res: Response, status: number, reason: string): void {
    res.status(status).type('text').send(reason);
}

/** Refuses other machines, and other sites that point a name of theirs to this one. */
function onlyOnThisMachine(refusal: string): RequestHandler {
    return ({ socket, hostname }, res, next) => {
        const { remoteAddress = '', localAddress = '' } = socket;
        const isLocal = remoteAddress === localAddress || /^(?:::1$|(?:::ffff:)?127\.)/.test(remoteAddress);
        if (isLocal && ['localhost', '127.0.0.1', '[::1]', localAddress].includes(hostname)) next();
        else refuse(res, 403, refusal);
    };
}
