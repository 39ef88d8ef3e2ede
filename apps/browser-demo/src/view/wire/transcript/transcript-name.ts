/** What a transcript of that moment is called as a file, by the clock on the wall: names sort by time. */
export function transcriptName(moment: Date): string {
    const two = (count: number): string => String(count).padStart(2, '0');
    const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
    const time = [moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join('');
    return `mcp-wire-${day}-${time}.json`;
}
