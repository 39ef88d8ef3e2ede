import { Transform } from 'node:stream';

/**
 * Changes the address in an `endpoint` event from the server's origin to that of the page, so that the page POSTs to
 * where it came from. All other bytes pass unchanged, at the latest with the end of their line.
 */
export function rewriteEndpoint(server: URL, pageOrigin: string): Transform {
    // The data of every other event is JSON, so that it never begins with an address.
    const address = new RegExp(
        `^data: ?http://(?:localhost|127\\.0\\.0\\.1|\\[::1\\]):${server.port}(?=[/?#]|$)`,
        'gim'
    );
    const rewrite = (lines: string) => Buffer.from(lines.replace(address, `data: ${pageOrigin}`), 'latin1');
    let partial = '';
    return new Transform({
        transform(chunk: Buffer, _encoding, done) {
            // Latin-1 maps each byte to one character and back; characters of several bytes pass unchanged.
            const text = partial + chunk.toString('latin1');
            const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
            partial = text.slice(end);
            done(null, rewrite(text.slice(0, end)));
        },
        flush: done => done(null, rewrite(partial))
    });
}
