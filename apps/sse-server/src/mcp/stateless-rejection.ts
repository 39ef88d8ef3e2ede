import { shorten } from '@calc/transport/message';

/** Why the SDK rejected a stateless request. */
export type StatelessRejectReason = 'bad-headers' | 'unsupported-revision' | 'bad-envelope';

/** Reasons by the SDK's error code. All other codes concern the envelope. */
const refusals = new Map<unknown, StatelessRejectReason>([
    [-32020, 'bad-headers'],
    [-32022, 'unsupported-revision']
]);

/** Longest message of an error, in characters; the SDK repeats values of the request in full. */
const MAX_MESSAGE_LENGTH = 400;
/** Longest `data` of an error as JSON, in characters; longer data is left out. */
const MAX_DATA_LENGTH = 400;

/** Reads why the SDK rejected a request, and limits the size of the error in its response. */
export async function readRejection(
    response: Response
): Promise<{ reason: StatelessRejectReason; response: Response }> {
    const { error, ...rest } = Object(await response.json());
    const { code, message, data } = Object(error);
    const bounded = { code, message: shorten(String(message), MAX_MESSAGE_LENGTH), data };
    if (data === undefined || JSON.stringify(data).length > MAX_DATA_LENGTH) delete bounded.data;
    const { status } = response;
    return {
        reason: refusals.get(code) ?? 'bad-envelope',
        response: Response.json({ ...rest, error: bounded }, { status })
    };
}
