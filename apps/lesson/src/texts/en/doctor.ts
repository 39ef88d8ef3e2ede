/** What `doctor` says. */
export const doctor = {
    about: 'looks for what often goes wrong on a machine',
    healthy: 'Nothing is wrong with this machine.',
    mend: (command: string) => `Run: ${command}`,
    node: {
        name: 'Node',
        tooOld: (version: string, oldest: string) => `Node ${version} is too old; the lessons need ${oldest} or newer`
    },
    packages: { name: 'packages', missing: (name: string) => `node_modules has no ${name}` },
    port: {
        name: (port: number) => `port ${port}`,
        taken: (port: number) => `another program listens on port ${port}`,
        takenBy: (port: number, name: string, pid: string) =>
            `${name} (process ${pid}) listens on port ${port}; npm run lesson takes the next one. If it is yours, end it`
    },
    path: {
        name: 'folder',
        spaces: (path: string) => `the folder has a space in its name: ${path}`,
        letters: (path: string) => `the folder has letters in its name that some tools cannot read: ${path}`,
        synchronized: (path: string) => `a program copies this folder to a cloud and locks its files: ${path}`
    },
    wsl: {
        name: 'WSL',
        windowsDisk: (path: string) => `${path} is on the disk of Windows: slow, and saves are not reported`
    },
    proxy: {
        name: 'proxy',
        breaks: (name: string) =>
            `${name} is set and NO_PROXY does not name localhost; curl asks the proxy for localhost`
    },
    lineEndings: {
        name: 'line ends',
        converted: (file: string) => `git has changed the line ends of ${file} to CRLF`
    },
    disk: {
        name: (files: number) => `${files} small files`,
        slow: (files: number, ms: number) => `${files} small files took ${ms} ms; a virus scanner may read each of them`
    }
};
