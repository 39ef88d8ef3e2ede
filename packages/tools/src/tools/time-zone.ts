/** All IANA time zones of this runtime, without aliases; UTC first. */
export const timeZones: readonly string[] = [
    'UTC',
    ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')
];

// A formatter takes 50 µs to create. The map is bounded, because only names of time zones become keys.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether `name` is an IANA time zone or an alias such as `Europe/Kyiv`, in any letter case. */
export function isTimeZone(name: string): boolean {
    return formatterFor(name) !== undefined;
}

/**
 * The date and time that clocks in `timeZone` show, as `YYYY-MM-DD HH:mm:ss`.
 *
 * @throws {RangeError} if the time zone is unknown; check with `isTimeZone` first.
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
    // Newer runtimes also accept offsets such as +02:00, which are not IANA names.
    if (!/^[a-z]/.test(key)) return undefined;
    try {
        // Swedish dates have the ISO format.
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
