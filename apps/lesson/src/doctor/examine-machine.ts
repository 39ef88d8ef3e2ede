import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Examination } from './finding.ts';

/** The oldest Node that runs everything, as in package.json. */
const OLDEST = [20, 19] as const;

export const node: Examination = {
    name: texts => texts.node.name,
    examine({ nodeVersion, platform }, { node }) {
        const [major = 0, minor = 0] = nodeVersion.replace('v', '').split('.').map(Number);
        if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined;
        const command = platform === 'win32' ? 'winget install OpenJS.NodeJS.LTS' : 'nvm install --lts';
        return { problem: node.tooOld(nodeVersion, OLDEST.join('.')), command };
    }
};

export const packages: Examination = {
    name: texts => texts.packages.name,
    examine({ root }, { packages }) {
        const isMissing = ['tsx', 'express', 'typescript'].find(name => !existsSync(join(root, 'node_modules', name)));
        return isMissing ? { problem: packages.missing(isMissing), command: 'npm ci --include=dev' } : undefined;
    }
};

export const path: Examination = {
    name: texts => texts.path.name,
    examine({ root, platform }, { path }) {
        // A space alone breaks nothing here, but other tools of the lessons stumble over it.
        const reason = /OneDrive|Dropbox|iCloud/i.test(root)
            ? path.synchronized
            : /\s/.test(root)
              ? path.spaces
              : /[^\x20-\x7e]/.test(root)
                ? path.letters
                : undefined;
        if (!reason) return undefined;
        const command =
            platform === 'win32'
                ? `robocopy "${root}" C:\\mcp-calculator /E /XD node_modules`
                : `git clone "${root}" "$HOME/mcp-calculator"`;
        return { problem: reason(root), command };
    }
};

export const wsl: Examination = {
    name: texts => texts.wsl.name,
    examine({ root, release, platform }, { wsl }) {
        const isWsl = platform === 'linux' && /microsoft/i.test(release);
        if (!isWsl || !/^\/mnt\/[a-z]\//.test(root)) return undefined;
        return { problem: wsl.windowsDisk(root), command: `git clone "${root}" ~/mcp-calculator` };
    }
};

export const proxy: Examination = {
    name: texts => texts.proxy.name,
    examine({ env, platform }, { proxy }) {
        const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
        const used = variables.find(name => env[name]);
        const excepted = (env.NO_PROXY ?? env.no_proxy ?? '').split(',').map(each => each.trim());
        if (!used || excepted.includes('*') || excepted.includes('localhost')) return undefined;
        const value = [...excepted.filter(Boolean), 'localhost', '127.0.0.1'].join(',');
        const command = platform === 'win32' ? `setx NO_PROXY "${value}"` : `export NO_PROXY="${value}"`;
        return { problem: proxy.breaks(used), command };
    }
};
