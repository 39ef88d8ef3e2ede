// Says what to do where a script of TypeScript could not even start: Node is too old, or `npm ci` has not run.
import { existsSync, readFileSync } from 'node:fs';

const [, major, minor] = /(\d+)\.(\d+)/.exec(JSON.parse(readFileSync('package.json', 'utf8')).engines.node).map(Number);
const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);

if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
    console.error(`Node ${process.version} is too old; install ${major}.${minor} or newer from https://nodejs.org`);
    process.exitCode = 1;
} else if (!existsSync('node_modules/tsx')) {
    console.error('The packages are not installed. Run: npm ci --include=dev');
    process.exitCode = 1;
}
