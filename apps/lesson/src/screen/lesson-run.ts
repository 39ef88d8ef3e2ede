import { randomInt } from 'node:crypto';
import { servePage, type Words } from '@calc/grader';
import { checkFolder, optionsFor } from '../actions/check-lesson.ts';
import { nextHint } from '../actions/next-hint.ts';
import { remember } from '../actions/remember.ts';
import { postNews, toNews } from '../board/post-news.ts';
import type { Lesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';
import { findFreePort } from '../learner/free-port.ts';
import { LearnerServer } from '../learner/learner-server.ts';
import { createSurroundings, type Surroundings } from '../learner/surroundings.ts';
import { workFolder } from '../learner/working-copy.ts';
import { buildPage, hasPage } from '../page/build-page.ts';
import { type PageProxy, startPageProxy } from '../page/page-proxy.ts';
import type { View } from './view.ts';
import { watchFolder } from './watch-folder.ts';

const SERVER_PORT = 3001;
const PAGE_PORT = 3100;

/** The token of the learner's own server, in the lessons that have one. */
const TOKEN = 'lesson-token';

/** The lesson in hand: its server runs, and each save starts it again and checks it. */
export class LessonRun implements AsyncDisposable {
    readonly view: View;
    readonly #context: Context;
    readonly #onChange: () => void;
    readonly #watcher: ReturnType<typeof watchFolder>;
    #server: LearnerServer | undefined;
    #surroundings: Surroundings | undefined;
    #page: PageProxy | undefined;
    #running = new AbortController();
    readonly #closing = new AbortController();
    #work: Promise<unknown>;

    constructor(lesson: Lesson, context: Context, onChange: () => void) {
        this.view = { lesson, isChecking: true, savesAreMissed: false };
        this.#context = context;
        this.#onChange = onChange;
        this.#watcher = watchFolder(workFolder(lesson), noticed => {
            this.view.savesAreMissed ||= noticed === 'found';
            this.check();
        });
        this.#work = this.#open().then(() => this.check());
    }

    /** Compares file times, for saves that the system did not report. */
    look(): void {
        this.#watcher.look();
    }

    /** Starts the server again and checks the code; a check that still runs is given up. */
    check(): void {
        this.#running.abort();
        this.#running = new AbortController();
        Object.assign(this.view, { isChecking: true, detail: undefined, serverProblem: undefined });
        this.#onChange();
        const checking = this.#check(this.#running.signal);
        this.#work = Promise.all([this.#work, checking, this.#restart()]);
    }

    /** Shows the next hint; while a check runs, when it has ended. */
    hint(): void {
        const { view } = this;
        view.hintIsDue = view.isChecking;
        if (!view.isChecking) view.detail = nextHint(view.lesson, this.#context);
    }

    async [Symbol.asyncDispose](): Promise<void> {
        this.#running.abort();
        this.#closing.abort();
        await Promise.all([this.#watcher[Symbol.asyncDispose](), this.#server?.[Symbol.asyncDispose]()]);
        await this.#page?.[Symbol.asyncDispose]();
        await this.#work;
        await this.#surroundings?.[Symbol.asyncDispose]();
    }

    async #open(): Promise<void> {
        const { lesson } = this.view;
        if (lesson.kind === 'client') return;
        const port = await findFreePort(SERVER_PORT);
        if (lesson.kind === 'page') {
            const { url, close } = await servePage(workFolder(lesson), port);
            this.#page = { origin: url, [Symbol.asyncDispose]: close };
            this.view.page = url;
            return;
        }
        const token = this.#context.env.TOKEN ?? TOKEN;
        this.#surroundings = await createSurroundings(lesson, workFolder(lesson));
        // So that the learner sees both.
        const { jokeApi } = this.#surroundings.target;
        if (jokeApi) jokeApi.answer = 'in turn';
        const env = { TOKEN: token, ...this.#surroundings.env };
        this.#server = new LearnerServer(lesson, port, env, problem => this.#showProblem(problem));
        // A token of the learner is theirs to keep.
        if (lesson.token && token === TOKEN) this.view.token = token;
        this.view.serverUrl = `${this.#server.origin}/sse`;
        if (port !== SERVER_PORT) this.view.otherPort = port;
        this.#work = Promise.all([this.#work, this.#openPage(this.#server.origin)]);
    }

    async #openPage(target: string): Promise<void> {
        const { signal } = this.#closing;
        if (!hasPage()) this.view.page = 'building';
        const isBuilt = hasPage() || (await buildPage(signal));
        if (signal.aborted) return;
        const { unreachable } = this.#context.texts.screen;
        if (isBuilt) this.#page = await startPageProxy(target, await findFreePort(PAGE_PORT), unreachable);
        this.view.page = this.#page?.origin ?? 'missing';
        this.#onChange();
    }

    async #restart(): Promise<void> {
        this.#showProblem(await this.#server?.restart());
    }

    #showProblem(problem: Words | undefined): void {
        this.view.serverProblem = problem;
        this.#onChange();
    }

    async #check(signal: AbortSignal): Promise<void> {
        const { lesson } = this.view;
        const options = optionsFor(randomInt(2 ** 32));
        const result = await checkFolder(lesson, workFolder(lesson), options, signal);
        if (signal.aborted) return;
        remember(result, this.#context);
        Object.assign(this.view, { result, isChecking: false });
        if (this.view.hintIsDue) this.hint();
        this.#onChange();
        const problem = await postNews(toNews(result), this.#context, signal);
        if (problem === undefined) return;
        this.view.note = problem;
        this.#onChange();
    }
}
