#!/usr/bin/env node
// Draws the sequence diagrams of docs/how-it-works.md: `node scripts/draw-diagrams.mjs` writes them to docs/images.
// A test holds the files to this script.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROW = 30;
const LINE = 16;
const HEAD = 62;
const SIDE = 14;

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.wire { font: 12px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.actor { font-weight: 600; text-anchor: middle; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
.note { fill: #57606a; font-size: 12px; }
.life { stroke: #8c959f; stroke-dasharray: 3 4; }
.stream { stroke: #0969da; fill: none; } .post { stroke: #bc4c00; fill: none; }
.open { fill: #0969da; } .busy { fill: #bc4c00; } .broken { stroke: #cf222e; stroke-width: 2; } .cut { fill: #cf222e; }
.kept { fill: #ddf4ff; stroke: #0969da; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .note { fill: #9198a1; }
.stream { stroke: #4493f8; } .post { stroke: #f0883e; } .open { fill: #4493f8; } .busy { fill: #f0883e; }
.broken { stroke: #f85149; } .cut { fill: #f85149; } .kept { fill: #12243b; stroke: #4493f8; }
}`;

// A row of a diagram is an arrow or something that happens between arrows. `lines` are the text of an arrow as it is
// on the wire, `left` and `right` are notes at the client and at the server.
const get = (...lines) => ({ way: 'stream', to: 'server', lines });
const event = (...lines) => ({ way: 'stream', to: 'client', lines });
const post = (...lines) => ({ way: 'post', to: 'server', lines });
const answer = (...lines) => ({ way: 'post', to: 'client', lines });

const request = '{"id":7,"method":"tools/call", …}';
const reply = 'data: {"id":7,"result":{ … "5" … }}';

const channels = [
    { ...get('GET /sse'), left: ['opens a session'] },
    { ...event('200 OK', 'Content-Type: text/event-stream'), opens: true, right: ['the response', 'stays open'] },
    { ...event('event: endpoint', 'data: /messages?sessionId=4f…'), left: ['now knows', 'where to post'] },
    { ...post('POST /messages?sessionId=4f…', request), opens: true, left: ['calls add'] },
    { ...answer('202 Accepted'), closes: true, left: ['accepted,', 'not answered'] },
    { ...event('event: message', reply), left: ['id 7: the reply', 'to the call'], right: ['add has run'] },
    { ...event(': keepalive'), right: ['after 15 s', 'of silence'] }
];

const resume = [
    get('GET /sse'),
    { ...event('retry: 2000', 'id: 4f…:0', 'event: endpoint'), opens: true },
    { ...post('POST request 7'), opens: true },
    { ...answer('202 Accepted'), closes: true },
    { ...event('id: 4f…:1', 'event: message, reply 7'), kept: [1] },
    { cut: 'the stream breaks', left: ['remembers 4f…:1,', 'waits 2000 ms'] },
    { ...post('POST request 8'), opens: true, left: ['can post', 'meanwhile'] },
    { ...answer('202 Accepted'), closes: true, kept: [1, 2], right: ['reply 8 is kept'] },
    { ...get('GET /sse', 'Last-Event-ID: 4f…:1'), left: ['reconnects'] },
    { ...event('id: 4f…:1', 'event: endpoint (the same address)'), opens: true, left: ['same session'] },
    { ...event('id: 4f…:2', 'event: message, reply 8'), kept: [1, 2], right: ['sent from the log'] },
    { ...event('id: 4f…:3', 'event: message, reply 9'), kept: [1, 2, 3], right: ['live again'] }
];

const oldCall = [
    get('GET /sse'),
    { ...event('event: endpoint'), opens: true },
    { ...post('POST /messages, request 7'), opens: true },
    { ...answer('202 Accepted'), closes: true },
    event('event: message, reply 7'),
    { ...post('POST /messages, request 8'), opens: true },
    { ...answer('202 Accepted'), closes: true },
    event('event: message, progress of 8'),
    event('event: message, reply 8'),
    event('event: message, news')
];

const newCall = [
    { ...post('POST /mcp, initialize'), opens: true },
    { ...answer('200 JSON, Mcp-Session-Id: 4f…'), closes: true },
    { ...post('POST /mcp, request 7'), opens: true },
    { ...answer('200 JSON, reply 7'), closes: true },
    { ...post('POST /mcp, request 8'), opens: true },
    answer('200 event stream: progress of 8'),
    { ...answer('reply 8, end of stream'), closes: true },
    get('GET /mcp (optional)'),
    { ...event('event: message, news'), opens: true }
];

/** Each drawing by its file name. */
export const drawings = {
    'http-sse.svg': draw(
        'The two channels of HTTP+SSE',
        'The client opens a stream with GET /sse. The first event, endpoint, names the address for messages. The client posts a call there and gets 202 Accepted. The reply comes later, as an event on the stream.',
        720,
        [{ rows: channels, client: 150, server: 570 }],
        ['the event stream: one GET that stays open', 'messages of the client: one POST each']
    ),
    'resume.svg': draw(
        'A stream that breaks and is resumed',
        'The stream breaks after event 1. A request that is posted meanwhile is accepted, and its reply is kept in the replay log as event 2. The client reconnects with Last-Event-ID 1, gets the same endpoint, then event 2 from the log, and then live events.',
        720,
        [{ rows: resume, client: 150, server: 530 }],
        ['the event stream', 'POSTs', 'the replay log of the server']
    ),
    'streamable-http.svg': draw(
        'The same call over HTTP+SSE and over Streamable HTTP',
        'Left, HTTP+SSE: one long stream carries every reply, and each POST gets 202. Right, Streamable HTTP: the response to each POST carries its own reply, as JSON or as a short stream; a GET stream for the news of the server is optional.',
        800,
        [
            { title: 'HTTP+SSE', rows: oldCall, client: 50, server: 340 },
            { title: 'Streamable HTTP', rows: newCall, client: 460, server: 750 }
        ],
        ['the event stream', 'POSTs and their responses']
    )
};

/**
 * Draws panels from left to right. In `rows`, `client` is the number of the client that a row belongs to, by default 0.
 * `clients` are the x positions of their life lines, or `client` is that of the only one.
 */
export function draw(title, description, width, panels, legend) {
    const drawn = panels.map(drawPanel);
    const height = Math.max(...drawn.map(panel => panel.height)) + SIDE;
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${toXml(title)}</title>
<desc id="description">${toXml(description)}</desc>
<style>${STYLE}
</style>
<defs>${['stream', 'post'].map(drawHead).join('')}</defs>
${drawLegend(legend)}
${drawn.map(panel => panel.body).join('\n')}
</svg>
`;
}

function drawHead(way) {
    const fill = way === 'stream' ? 'open' : 'busy';
    return `<marker id="${way}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="${fill}" d="M0 0 8 4 0 8z"/></marker>`;
}

function drawLegend(entries) {
    const classes = ['open', 'busy', 'kept'];
    let x = SIDE;
    return entries
        .map((entry, index) => {
            const start = x;
            x += 34 + entry.length * 6.6;
            return `<rect class="${classes[index]}" x="${start}" y="8" width="10" height="10" rx="2"/><text x="${start + 16}" y="17">${toXml(entry)}</text>`;
        })
        .join('');
}

function drawPanel({ title, rows, client: only, clients = [only], server, names = ['Client'], serverName = 'Server' }) {
    const parts = clients.map((x, index) => text('actor', x, 48, names[index]));
    parts.push(text('actor', server, 48, serverName));
    if (title) parts.push(text('actor', (only + server) / 2, 48, title));
    const bars = [];
    const since = clients.map(() => ({}));
    let y = HEAD;
    for (const row of rows) {
        const client = clients[row.client ?? 0];
        const open = since[row.client ?? 0];
        y += ROW + LINE * Math.max(0, (row.lines?.length ?? 0) - 1);
        if (row.cut) {
            bars.push(bar('open', open.stream, y, client, server));
            open.stream = undefined;
            parts.push(drawCut(row.cut, client, server, y));
        } else {
            if (row.opens) open[row.way] = y;
            parts.push(drawArrow(row, client, server, y));
            if (row.closes) {
                bars.push(bar('busy', open.post ?? y, y, client, server));
                open.post = undefined;
            }
        }
        parts.push(...drawNotes(row, client, server, y));
        if (row.cut || (row.kept && row.right)) y += 12;
    }
    const bottom = y + 22;
    for (const [index, { stream }] of since.entries()) {
        if (stream !== undefined) bars.push(bar('open', stream, bottom, clients[index], server));
    }
    const lives = [...clients, server].map(x => `<path class="life" d="M${x} ${HEAD - 6}V${bottom}"/>`);
    return { body: [...lives, ...bars, ...parts].join('\n'), height: bottom };
}

function drawNotes(row, client, server, y) {
    const parts = [];
    for (const [index, note] of (row.left ?? []).entries()) {
        parts.push(text('note end', client - SIDE, y + 4 + index * LINE - (row.left.length - 1) * 8, note));
    }
    const right = server + SIDE;
    for (const [index, note] of (row.right ?? []).entries()) {
        const shift = row.kept ? 26 : 0;
        parts.push(text('note', right, y + 4 + shift + index * LINE - (row.right.length - 1) * 8, note));
    }
    for (const [index, position] of (row.kept ?? []).entries()) {
        parts.push(`<rect class="kept" x="${right + index * 30}" y="${y - 12}" width="26" height="22" rx="3"/>`);
        parts.push(text('middle', right + index * 30 + 13, y + 4, String(position)));
    }
    return parts;
}

/** How long a channel is open, on both life lines; the stream's bar is on the outer side of them. */
function bar(kind, from, to, client, server) {
    const out = kind === 'open' ? 6 : 0;
    const atLeft = client < server;
    return [atLeft ? client - out : client + out - 6, atLeft ? server + out - 6 : server - out]
        .map(x => `<rect class="${kind}" x="${x}" y="${from}" width="6" height="${to - from}"/>`)
        .join('');
}

function drawArrow({ way, to, lines }, client, server, y) {
    const [start, end] = to === 'server' ? [client, server] : [server, client];
    const inward = start < end ? -7 : 7;
    const label = lines.map((line, index) => {
        const lineY = y - 6 - (lines.length - 1 - index) * LINE;
        return text('wire middle', (client + server) / 2, lineY, line);
    });
    const dash = way === 'post' && to === 'client' ? ' stroke-dasharray="5 3"' : '';
    return `<path class="${way}" marker-end="url(#${way})"${dash} d="M${start} ${y}H${end + inward}"/>${label.join('')}`;
}

function drawCut(label, client, server, y) {
    const middle = (client + server) / 2;
    const cross = x => `M${x - 7} ${y - 7}l14 14m0 -14l-14 14`;
    return `<path class="broken" d="${cross(client - 3)}${cross(server + 3)}"/><text class="cut middle" x="${middle}" y="${y + 4}">${toXml(label)}</text>`;
}

function text(classes, x, y, content) {
    return `<text class="${classes}" x="${x}" y="${y}">${toXml(content)}</text>`;
}

function toXml(content) {
    return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    for (const [name, svg] of Object.entries(drawings)) {
        writeFileSync(new URL(`../docs/images/${name}`, import.meta.url), svg);
    }
}
