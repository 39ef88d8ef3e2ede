/** One call of a tool, and how to know its right result. */
interface Task {
    name: string;
    arguments: object;
    isRight(result: unknown): boolean;
}

/** Makes the tasks of one session: no two, of whatever sessions, have the same result. */
export type Exercise = (index: number, id: number) => Task;

/** The sums of two sessions never meet as long as neither makes more calls than a third of this. */
const SUMS_PER_SESSION = 100_000_000;

export const sums: Exercise = (index, id) => {
    const a = index * SUMS_PER_SESSION + id;
    const b = id * 2;
    return { name: 'add', arguments: { a, b }, isRight: result => isSum(result, a + b) };
};

export const echoes: Exercise = (index, id) => {
    const message = `Session ${index} says its message number ${id}.`;
    return { name: 'echo', arguments: { message }, isRight: result => isEcho(result, message) };
};

/** Whether a tool's result is this sum, in both of its forms. */
function isSum(result: unknown, sum: number): boolean {
    const { structuredContent, content, isError } = Object(result);
    return structuredContent?.sum === sum && content?.[0]?.text === String(sum) && isError !== true;
}

/** Whether a tool's result gives this message back, in both of its forms. */
function isEcho(result: unknown, message: string): boolean {
    const { structuredContent, content, isError } = Object(result);
    const text = `{"echo":${JSON.stringify(message)},`;
    return structuredContent?.echo === message && content?.[0]?.text?.startsWith(text) === true && isError !== true;
}
