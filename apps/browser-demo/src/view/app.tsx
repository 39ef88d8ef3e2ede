import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Page } from '../state/page.ts';
import { ConnectionBar } from './connection-bar.tsx';
import { PageHead } from './page-head.tsx';
import { SignInForm } from './sign-in-form.tsx';
import { ToolList } from './tool-list.tsx';
import { WireLog } from './wire-log.tsx';

/** The page: who is connected, and below it either the question for the token or the tools and the wire. */
export function App({ page }: { page: Page }) {
    const question = page.question.value;
    const workspace = useRef<HTMLElement>(null);
    const wasAsked = useRef(false);

    // The form has gone with the focus on it.
    useLayoutEffect(() => {
        if (wasAsked.current && !question) {
            workspace.current?.querySelector<HTMLElement>('section:not([hidden]) h2')?.focus();
        }
        wasAsked.current = question !== undefined;
    }, [question]);

    return (
        <>
            <header>
                <PageHead />
                {page.connections.value.map(connection => (
                    <ConnectionBar key={connection.key} page={page} connection={connection} hidden={!!question} />
                ))}
            </header>
            {question && <SignInForm reason={question.reason} signIn={page.signIn} />}
            {/* Only hidden: what was entered is there again after signing in. */}
            <main ref={workspace} id="workspace" hidden={!!question}>
                {page.connections.value.map(connection => (
                    <ToolList key={connection.key} connection={connection} hidden={connection !== page.current.value} />
                ))}
                <WireLog page={page} />
            </main>
        </>
    );
}
