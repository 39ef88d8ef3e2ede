const streamAddress = new URLSearchParams(location.search).get('stream') ?? '/sse';
const form = document.querySelector('#add');
const results = document.querySelector('#results');
const status = document.querySelector('#status');

/** Where to POST, from the event `endpoint`. */
let endpoint;
let lastId = 0;
/** What waits for a reply, by the id of its request. */
const pending = new Map();

const stream = new EventSource(streamAddress);

// A new stream is a new session: its address is new, and it must be initialized.
stream.addEventListener('endpoint', async event => {
    endpoint = new URL(event.data, stream.url);
    try {
        await initialize();
        await showTools();
    } catch (error) {
        status.textContent = error.message;
    }
});

stream.addEventListener('message', event => {
    const message = JSON.parse(event.data);
    if (message.method === 'ping') return post({ id: message.id, result: {} });
    // Other requests and notifications of the server: this page has no use for them.
    if (message.method) return;
    pending.get(message.id)?.(message);
    pending.delete(message.id);
});

stream.addEventListener('error', () => {
    status.textContent = 'dropped';
    // The replies to these would have come on the old stream.
    for (const resolve of pending.values()) resolve({ error: { message: 'the stream dropped' } });
    pending.clear();
});

async function post(message) {
    const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', ...message })
    });
    if (!response.ok) throw new Error(`POST was answered with ${response.status}`);
}

/** Sends a request; resolves with the result of the reply that has its id. */
async function request(method, params) {
    lastId += 1;
    const id = lastId;
    // Before the POST: the reply can come first.
    const replied = new Promise(resolve => pending.set(id, resolve));
    await post({ id, method, params });
    const { result, error } = await replied;
    if (error) throw new Error(error.message);
    return result;
}

async function initialize() {
    status.textContent = 'initializing';
    const clientInfo = { name: 'lesson-page', version: '1.0.0' };
    await request('initialize', { protocolVersion: '2024-11-05', capabilities: {}, clientInfo });
    await post({ method: 'notifications/initialized' });
    status.textContent = 'connected';
}

async function showTools() {
    const { tools } = await request('tools/list');
    document.querySelector('#tools').replaceChildren(...tools.map(tool => listItem(tool.name)));
}

function listItem(text) {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
}

form.addEventListener('submit', async event => {
    event.preventDefault();
    const a = form.elements.a.valueAsNumber;
    const b = form.elements.b.valueAsNumber;
    const item = listItem(`${a} + ${b} = …`);
    results.append(item);
    try {
        const { content, isError } = await request('tools/call', { name: 'add', arguments: { a, b } });
        item.textContent = `${a} + ${b} = ${content[0].text}`;
        item.classList.toggle('error', isError === true);
    } catch (error) {
        item.textContent = `${a} + ${b}: ${error.message}`;
        item.classList.add('error');
    }
});
