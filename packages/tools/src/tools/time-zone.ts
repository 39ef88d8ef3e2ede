/** All IANA time zones this runtime knows by their own name, UTC first. */
export const timeZones: readonly string[] = [
    'UTC',
    ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')
];

// Formatters cost 50 µs to build, and there are only so many zones. Unknown names never get in, so it stays bounded.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether `name` is an IANA time zone, aliases such as `Europe/Kyiv` and any letter case included. */
export function isTimeZone(name: string): boolean {
    return formatterFor(name) !== undefined;
}

/**
 * The date and time that clocks in `timeZone` show, as `YYYY-MM-DD HH:mm:ss`.
 *
 * @throws {RangeError} if the time zone is unknown; ask `isTimeZone` first.
 */
export function formatLocal(time: Date, timeZone: string): string {
    const formatter = formatterFor(timeZone);
    if (!formatter) throw new RangeError(`unknown time zone ${JSON.stringify(timeZone)}`);
    return formatter.format(time);
}

function formatterFor(name: string): Intl.DateTimeFormat | undefined {
    const key = name.toLowerCase();
    const known = formatters.get(key);
    if (known) return known;
    // An offset such as +02:00 is accepted by newer runtimes only, and is no IANA name.
    if (!/^[a-z]/.test(key)) return undefined;
    try {
        // Swedish writes dates the ISO way.
        const formatter = new Intl.DateTimeFormat('sv-SE', {
            timeZone: name,
            dateStyle: 'short',
            timeStyle: 'medium'
        });
        formatters.set(key, formatter);
        return formatter;
    } catch {
        return undefined;
    }
}
