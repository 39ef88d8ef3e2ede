import { connect } from 'node:net';

/** One POST of an attack. */
export interface Post {
    path: string;
    headers: Readonly<Record<string, string>>;
    text: string;
}

/** An answer as far as it matters here. */
export interface Answer {
    status: number;
    head: string;
    body: string;
}

/** How long a connection may take to answer everything, in milliseconds. */
const MAX_MS = 10_000;

/**
 * Sends POSTs on one connection, all at once (pipelined), and reads until the server closes it. With `cut`, from 0 to 1,
 * the connection is destroyed when that part has been sent, and there are no answers.
 *
 * @throws {Error} if the server does not close the connection in time.
 */
export function sendAll(url: URL, posts: readonly Post[], cut?: number): Promise<Answer[]> {
    const bytes = Buffer.concat(posts.map((post, index) => toBytes(url, post, index === posts.length - 1)));
    return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        const socket = connect(Number(url.port), url.hostname);
        const timer = setTimeout(() => {
            socket.destroy();
            const sent = posts.map(({ path, text }) => `${path} ${text.slice(0, 300)}`).join('\n');
            reject(new Error(`not answered within ${MAX_MS} ms:\n${sent}`));
        }, MAX_MS);
        socket.on('data', chunk => chunks.push(chunk));
        // A server that refuses a body may close the connection while it is being sent.
        socket.on('error', () => {});
        socket.on('close', () => {
            clearTimeout(timer);
            resolve(cut === undefined ? parseAnswers(Buffer.concat(chunks).toString()) : []);
        });
        if (cut === undefined) socket.write(bytes);
        else socket.write(bytes.subarray(0, Math.floor(cut * bytes.length)), () => socket.destroy());
    });
}

function toBytes({ host }: URL, { path, headers, text }: Post, isLast: boolean): Buffer {
    const body = Buffer.from(text);
    const lines = [
        `POST ${path} HTTP/1.1`,
        `Host: ${host}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
        `Content-Length: ${body.length}`,
        ...(isLast ? ['Connection: close'] : [])
    ];
    return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]);
}

/** No body that is sent has the words by which an answer begins. */
function parseAnswers(text: string): Answer[] {
    return text
        .split(/(?=HTTP\/1\.1 \d{3} )/)
        .filter(part => part !== '')
        .map(part => {
            const [head = '', ...rest] = part.split('\r\n\r\n');
            return { status: Number(head.slice(9, 12)), head, body: rest.join('\r\n\r\n') };
        });
}
