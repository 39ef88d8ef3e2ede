/** Time zones in which the clocks never show the same time, nor that of UTC. */
export const ZONES = {
    near: ['Africa/Cairo', 'Europe/Istanbul', 'Asia/Dubai'],
    far: ['Asia/Kolkata', 'Asia/Kathmandu', 'Asia/Tokyo', 'America/New_York', 'Pacific/Honolulu']
} as const;

/** The clocks of two machines may differ by this much, in milliseconds. */
const TOLERANCE_MS = 600_000;

/** The time now in a time zone: as text, and whether a text has about this time in it. */
export function localTime(timeZone: string) {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    const text = format.format(new Date());
    const matches = (found: string | undefined) => {
        const [, date, time] = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(found ?? '') ?? [];
        return Math.abs(Date.parse(`${date}T${time}Z`) - Date.parse(`${text.replace(' ', 'T')}Z`)) <= TOLERANCE_MS;
    };
    return { text: `${text} (${timeZone})`, matches };
}
