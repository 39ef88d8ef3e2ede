import { message } from './i18n/i18n.ts';
import * as say from './i18n/texts.ts';
import { errorMessage, isRecord, parseJson } from './json-rpc.ts';
import { PageError } from './page-error.ts';

/**
 * Why signing in or out failed:
 * - `wrong-token`: the server does not know the token
 * - `too-many-tries`: the server wants no more of them for a while
 * - `refused`: the server gave another answer than these routes give
 * - `unreachable`: there was no answer
 */
type SignInErrorCode = 'wrong-token' | 'too-many-tries' | 'refused' | 'unreachable';

/** A sign-in that failed; its message says what to do. */
class SignInError extends PageError<SignInErrorCode> {
    override name = 'SignInError';
}

/** What the server says of this browser. */
interface Access {
    /** Whether anybody is asked for a token. */
    tokenWanted: boolean;
    /** True also where no token is wanted. */
    signedIn: boolean;
    /** Whether the server breaks a session at the page's wish; see `faults.ts`. */
    faults: boolean;
}

export interface SignInOptions {
    /** The absolute address of the page, with the prefix it is served under. */
    url: string;
    fetch: typeof globalThis.fetch;
}

/**
 * EventSource can send a cookie and no token: the token is shown once, and the server's answer is a cookie that no
 * script can read. Nothing is kept here. All methods throw `SignInError`.
 */
export interface SignIn {
    check(): Promise<Access>;
    signIn(token: string): Promise<void>;
    signOut(): Promise<void>;
}

export function createSignIn({ url, fetch }: SignInOptions): SignIn {
    const ask = async (
        route: 'login' | 'logout',
        init?: RequestInit
    ): Promise<{ response: Response; text: string }> => {
        try {
            const response = await fetch(new URL(route, url), init);
            return { response, text: await response.text() };
        } catch (cause) {
            throw new SignInError('unreachable', message(say.error.unreachable), { cause });
        }
    };

    return {
        async check() {
            const { response, text } = await ask('login');
            const access = parseJson(text);
            if (!response.ok || !isAccess(access)) throw refused(response, text);
            return { ...access, faults: access.faults === true };
        },
        async signIn(token) {
            const headers = { 'content-type': 'application/json' };
            const { response, text } = await ask('login', { method: 'POST', headers, body: JSON.stringify({ token }) });
            if (response.status === 401) throw new SignInError('wrong-token', message(say.error.wrongToken));
            if (response.status === 429) throw tooManyTries(response);
            if (!response.ok) throw refused(response, text);
        },
        async signOut() {
            const { response, text } = await ask('logout', { method: 'POST' });
            if (!response.ok) throw refused(response, text);
        }
    };
}

function isAccess(value: unknown): value is Omit<Access, 'faults'> & { faults?: unknown } {
    return isRecord(value) && typeof value.tokenWanted === 'boolean' && typeof value.signedIn === 'boolean';
}

function tooManyTries({ headers }: Response): SignInError {
    const seconds = Number(headers.get('retry-after'));
    const text = seconds > 0 ? message(say.error.tooManyTriesFor, { seconds }) : message(say.error.tooManyTries);
    return new SignInError('too-many-tries', text);
}

function refused({ status }: Response, text: string): SignInError {
    const reason = errorMessage(text);
    const answer = `${status}${reason === undefined ? '' : `: ${reason}`}`;
    return new SignInError('refused', message(say.error.refused, { status: answer }));
}
