import { timeZones } from './time-zone.ts';

/** Time zones with a part that starts with what was typed so far, so that both `Eur` and `par` find Europe/Paris. */
export function completeTimeZone(typed: string): string[] {
    const wanted = typed.toLowerCase();
    return timeZones.filter(zone => {
        const name = zone.toLowerCase();
        return name.startsWith(wanted) || name.includes(`/${wanted}`);
    });
}

/** The words of the `what-time-is-it` prompt. */
export function askForTime(timezone: string): string {
    return (
        `What time is it in ${timezone}? Call the server_time tool with timezone ${JSON.stringify(timezone)} ` +
        'and answer in one short sentence.'
    );
}
