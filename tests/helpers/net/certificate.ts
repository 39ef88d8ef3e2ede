import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether certificates can be made here. */
export const hasOpenssl = (process.env.PATH ?? '').split(delimiter).some(folder => existsSync(join(folder, 'openssl')));

/** Makes a certificate for localhost and calc.example, signed by its own key, at these two paths. */
export async function makeCertificate(certificate: string, key: string): Promise<void> {
    const names = 'subjectAltName=DNS:localhost,DNS:calc.example,IP:127.0.0.1';
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=localhost', '-addext', names, '-days', '2'];
    await run('openssl', ['req', '-x509', ...ec, ...subject, '-keyout', key, '-out', certificate]);
}
