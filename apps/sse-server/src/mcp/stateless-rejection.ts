/** Why the SDK refused a stateless request. */
export type StatelessRejectReason = 'bad-headers' | 'unsupported-revision' | 'bad-envelope';

/** The SDK's refusals by their code; all other codes are about the envelope. */
const refusals = new Map<unknown, StatelessRejectReason>([
    [-32020, 'bad-headers'],
    [-32022, 'unsupported-revision']
]);

/** Longest message of an error, in characters; the SDK repeats values of the request in full. */
const MAX_MESSAGE_LENGTH = 400;
/** Longest `data` of an error as JSON, in characters; longer data is left out. */
const MAX_DATA_LENGTH = 400;

/** Reads the SDK's refusal of a request: its reason, and the response with an error of limited size. */
export async function readRejection(
    response: Response
): Promise<{ reason: StatelessRejectReason; response: Response }> {
    const { error, ...rest } = Object(await response.json());
    const { code, message, data } = Object(error);
    const bounded = { code, message: shorten(String(message)), data };
    if (data === undefined || JSON.stringify(data).length > MAX_DATA_LENGTH) delete bounded.data;
    const { status } = response;
    return {
        reason: refusals.get(code) ?? 'bad-envelope',
        response: Response.json({ ...rest, error: bounded }, { status })
    };
}

function shorten(message: string): string {
    return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}
