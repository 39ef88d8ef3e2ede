import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Page } from '../state/page.ts';
import type { Tour } from '../state/tour/tour.ts';
import { Capabilities } from './capabilities.tsx';
import { PageHead } from './page-head.tsx';
import { lazy } from './parts/lazy.tsx';
import { Presenter } from './presenter/presenter.tsx';
import { usePresenter } from './presenter/use-presenter.ts';
import { SessionBar } from './sessions/session-bar.tsx';
import { SignInForm } from './sign-in/sign-in-form.tsx';
import { type View, ViewSwitch } from './view-switch.tsx';
import { WirePanel } from './wire/wire-panel.tsx';

const TourPanel = lazy(async () => (await import('./tour/tour-panel.tsx')).TourPanel);

/** The page: the sessions, and below them either the sign-in form, or the lists of a session and the wire. */
export function App({ page }: { page: Page }) {
    const question = page.question.value;
    const tour = useSignal<Tour | 'wanted' | undefined>(undefined);
    const view = useSignal<View>('tools');
    const presenter = usePresenter(!question);
    const workspace = useRef<HTMLElement>(null);
    const wasAsked = useRef(false);

    // The form had the focus and is gone.
    useLayoutEffect(() => {
        if (wasAsked.current && !question) {
            workspace.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
        }
        wasAsked.current = question !== undefined;
    }, [question]);

    return (
        <>
            <header>
                <PageHead page={page} tour={tour} present={presenter.enter} />
                <SessionBar page={page} hidden={!!question} />
            </header>
            {question && <SignInForm reason={question.reason} signIn={page.signIn} />}
            {/* Hidden, not removed, so that the input is still there after signing in. */}
            <main ref={workspace} id="workspace" data-view={presenter.isOn ? 'wire' : view.value} hidden={!!question}>
                <ViewSwitch view={view} />
                <Capabilities page={page} />
                <WirePanel page={page} />
                {presenter.isOn && <Presenter {...page.shown.value} leave={presenter.leave} />}
            </main>
            {!question && tour.value && <TourPanel page={page} tour={tour} />}
        </>
    );
}
