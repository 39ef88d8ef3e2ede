import { message } from '../i18n/i18n.ts';
import { PageError } from '../i18n/page-error.ts';
import * as say from '../i18n/texts.ts';
import { isRecord, parseJson } from '../mcp/json-rpc.ts';
import { askServer, assertDone, type ServerOptions, toPost } from './ask-server.ts';

/** What the server reports about this browser. */
interface Access {
    /** Whether the server requires a token. */
    tokenWanted: boolean;
    /** Also true if no token is required. */
    signedIn: boolean;
    /** Whether the server injects faults; see `faults.ts`. */
    faults: boolean;
}

/**
 * EventSource can send a cookie but no token. So the page sends the token once, and the server answers with a cookie
 * that scripts cannot read. The page does not store the token. All methods throw a `PageError`: `unreachable` or
 * `refused`; `signIn` also `wrong-token` or `too-many-tries`.
 */
export function createSignIn(server: ServerOptions) {
    return {
        async check(): Promise<Access> {
            const answer = await askServer(server, 'login');
            // A learner's server behind this page has no such route.
            if (answer.response.status === 404) return { tokenWanted: false, signedIn: true, faults: false };
            assertDone(answer);
            const access = parseJson(answer.text);
            if (!isRecord(access) || typeof access.tokenWanted !== 'boolean' || typeof access.signedIn !== 'boolean') {
                throw new PageError('refused', message(say.error.refused, { status: answer.response.status }));
            }
            const { tokenWanted, signedIn, faults } = access;
            return { tokenWanted, signedIn, faults: faults === true };
        },
        async signIn(token: string): Promise<void> {
            const answer = await askServer(server, 'login', toPost({ token }));
            const { status, headers } = answer.response;
            if (status === 401) throw new PageError('wrong-token', message(say.error.wrongToken));
            if (status === 429) throw tooManyTries(headers);
            assertDone(answer);
        },
        async signOut(): Promise<void> {
            assertDone(await askServer(server, 'logout', { method: 'POST' }));
        }
    };
}

function tooManyTries(headers: Headers): PageError<'too-many-tries'> {
    const seconds = Number(headers.get('retry-after'));
    const text = seconds > 0 ? message(say.error.tooManyTriesFor, { seconds }) : message(say.error.tooManyTries);
    return new PageError('too-many-tries', text);
}
