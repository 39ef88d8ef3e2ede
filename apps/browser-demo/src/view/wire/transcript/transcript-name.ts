/** The file name of a transcript, from the local time. Names sort by time. */
export function transcriptName(moment: Date): string {
    const two = (count: number): string => String(count).padStart(2, '0');
    const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
    const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join('');
    return `mcp-wire-${day}-${time}.json`;
}
