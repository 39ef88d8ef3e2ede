/** One entry of `packages` in package-lock.json, as far as a pack needs it. */
interface Entry {
    /** Set where the folder has another name than the package. */
    name?: string;
    version?: string;
    integrity?: string;
    os?: string[];
    cpu?: string[];
    resolved?: string;
}

export interface LockFile {
    packages: Record<string, Entry>;
}

const REGISTRY = 'https://registry.npmjs.org/';

/** The platforms of a classroom. */
const SYSTEMS = ['linux', 'darwin', 'win32'];
const PROCESSORS = ['x64', 'arm64'];

/** Names the address of each package, so that npm finds its archive in the cache without asking the registry. */
export function addAddresses(lock: LockFile): LockFile {
    const packages = Object.entries(lock.packages).map(([path, entry]): [string, Entry] => {
        // Packages of this repository are links, and have no integrity.
        if (entry.integrity === undefined) return [path, entry];
        const { version, name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length) } = entry;
        const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`;
        return [path, { ...entry, resolved: `${REGISTRY}${name}/-/${file}` }];
    });
    return { ...lock, packages: Object.fromEntries(packages) };
}

/** The addresses of all archives that `npm ci` may need on Linux, macOS and Windows. */
export function listArchives(lock: LockFile): string[] {
    const archives = Object.values(lock.packages).filter(({ integrity }) => integrity !== undefined);
    const needed = archives.filter(({ os, cpu }) => fits(os, SYSTEMS) && fits(cpu, PROCESSORS));
    return [...new Set(needed.flatMap(({ resolved }) => resolved ?? []))];
}

function fits(listed: string[] | undefined, ours: string[]): boolean {
    return listed === undefined || listed.some(each => each.startsWith('!') || ours.includes(each));
}
