/** One call of the command line, such as `add a=2 b=3`. */
interface Call {
    name: string;
    args: Record<string, string | number>;
}

function parseCall(word: string): Call {
    const [name = '', ...pairs] = word.split(' ');
    const args = pairs.map(pair => {
        const [key = '', value = ''] = pair.split('=');
        return [key, value === '' || Number.isNaN(Number(value)) ? value : Number(value)];
    });
    return { name, args: Object.fromEntries(args) };
}

const [url = 'http://localhost:3001/sse', ...words] = process.argv.slice(2);
const calls = words.map(parseCall);

// TODO 1: connect to the server at url with a Client and an SSEClientTransport, and close the connection at the end.
// TODO 2: list the tools, and print "tools: " and their names.
// TODO 3: make all calls at once, and print the text of each result in the order of the calls.
// TODO 4: end a call after a second without a reply. Print "timeout: …" for it, and "error: …" for a result with isError.
// TODO 5: when the stream drops, connect anew. Repeat what may be repeated, and print "unknown: …" for the rest.

console.log(`not connected to ${url} yet; calls: ${calls.length}`);
