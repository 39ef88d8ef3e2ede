const form = document.querySelector('#add');
const results = document.querySelector('#results');

// TODO 1: open the stream at the address in the query, or at /sse, and show its state.
// TODO 2: resolve the address of `endpoint`, and POST `initialize` to it.
// TODO 3: give each reply to the request with its id, and finish initializing.
// TODO 4: ask for the tools, and show their names in #tools.
// TODO 5: call `add` when the form is submitted, and show the reply in its entry, also if it is an error.
// TODO 6: when the stream drops, end what waits for a reply.

function listItem(text) {
    const item = document.createElement('li');
    item.textContent = text;
    return item;
}

form.addEventListener('submit', event => {
    event.preventDefault();
    results.append(listItem('not called yet'));
});
