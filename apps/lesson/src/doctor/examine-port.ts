import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Examination } from './finding.ts';

const PORT = 3001;

/** Programs that name the process on a port, by platform. Each may be missing. */
const FINDERS: Partial<Record<NodeJS.Platform, [string, string[], RegExp]>> = {
    linux: ['ss', ['-ltnpH', `sport = :${PORT}`], /users:\(\("([^"]+)",pid=(\d+)/],
    darwin: ['lsof', ['-nP', `-iTCP:${PORT}`, '-sTCP:LISTEN', '-Fcp'], /p(?<pid>\d+)\s+c(?<name>\S+)/],
    win32: [
        'powershell',
        [
            '-NoProfile',
            '-Command',
            `Get-Process -Id (Get-NetTCPConnection -LocalPort ${PORT} -State Listen).OwningProcess | ForEach-Object { $_.ProcessName + ' ' + $_.Id }`
        ],
        /(\S+) (\d+)/
    ]
};

export const port: Examination = {
    name: texts => texts.port.name(PORT),
    async examine({ platform }, { port }) {
        if (await isFree()) return undefined;
        const holder = await findHolder(platform);
        if (!holder)
            return { problem: port.taken(PORT), command: platform === 'win32' ? 'netstat -ano' : `lsof -i :${PORT}` };
        const command = platform === 'win32' ? `taskkill /PID ${holder.pid} /F` : `kill ${holder.pid}`;
        return { problem: port.takenBy(PORT, holder.name, holder.pid), command };
    }
};

async function isFree(): Promise<boolean> {
    const server = createServer();
    try {
        await once(server.listen(PORT, '127.0.0.1'), 'listening');
        return true;
    } catch {
        return false;
    } finally {
        server.close();
    }
}

async function findHolder(platform: NodeJS.Platform): Promise<{ name: string; pid: string } | undefined> {
    const finder = FINDERS[platform];
    if (!finder) return undefined;
    const [program, args, pattern] = finder;
    try {
        const { stdout } = await promisify(execFile)(program, args, { timeout: 5000, windowsHide: true });
        const found = pattern.exec(stdout);
        const { name = found?.[1], pid = found?.[2] } = found?.groups ?? {};
        return name && pid ? { name, pid } : undefined;
    } catch {
        return undefined;
    }
}
