// TODO 1: take the address of the stream from the query; without it, take /sse.
const form = document.querySelector('#add');
const results = document.querySelector('#results');
const status = document.querySelector('#status');

/** Where to POST, from the event `endpoint`. */
let endpoint;
let lastId = 0;
/** What waits for a reply, by the id of its request. */
const pending = new Map();

// TODO 1: open the stream.

// TODO 2: at `endpoint`, keep the address, initialize and show the tools.

// TODO 3: at `message`, give the reply to the request with its id.

// TODO 6: when the stream drops, end what waits for a reply.

async function post(message) {
    // TODO 2: POST the message to the endpoint, as JSON.
}

/** Sends a request; resolves with the result of the reply that has its id. */
async function request(method, params) {
    lastId += 1;
    const id = lastId;
    // TODO 3: wait for the reply, and return its result.
    await post({ id, method, params });
}

async function initialize() {
    status.textContent = 'initializing';
    const clientInfo = { name: 'lesson-page', version: '1.0.0' };
    await request('initialize', { protocolVersion: '2024-11-05', capabilities: {}, clientInfo });
    // TODO 3: notify the server, and show that the page is connected.
}

async function showTools() {
    // TODO 4: ask for the tools, and show their names in #tools.
}

function listItem(text) {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
}

form.addEventListener('submit', async event => {
    event.preventDefault();
    // TODO 5: read the numbers, call `add`, and show the reply in the entry, also if it is an error.
    results.append(listItem('not called yet'));
});
