// A client for the console of the browser, on the page http://localhost:3001/sse.
new EventSource('/sse').addEventListener('heartbeat', event => console.log(event.data));
