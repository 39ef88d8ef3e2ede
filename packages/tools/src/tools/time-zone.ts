/** All IANA time zones of this runtime, without aliases; UTC first. */
export const timeZones: readonly string[] = [
    'UTC',
    ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')
];

// A formatter takes 50 µs to create. The map is bounded, because only names of time zones become keys.
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * The date and time that clocks in a time zone show, as `YYYY-MM-DD HH:mm:ss`; undefined if the time zone is unknown.
 *
 * @param timeZone an IANA time zone or an alias such as `Europe/Kyiv`, in any letter case.
 */
export function formatLocal(time: Date, timeZone: string): string | undefined {
    return formatterFor(timeZone)?.format(time);
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
