/** What `pack` says. */
export const pack = {
    about: 'makes one archive for a room without internet; needs the network, about ten minutes and 2 GB',
    out: 'the archive',
    needsNpm: 'Run it through npm: npm run lesson -- pack',
    noFolder: (folder: string) => `There is no folder ${folder} for the archive. Create it, or choose another --out.`,
    failed: (reason: string) => `The archive was not made: ${reason}`,
    begins: 'Asks the registry what MCP Inspector needs…',
    progress: (done: number, all: number) => `${done} of ${all} packages`,
    done: (file: string, megabytes: number) => `Wrote ${file} (${megabytes} MB)`,
    use: 'In the room: unpack it, then npm ci && npm run lesson'
};
