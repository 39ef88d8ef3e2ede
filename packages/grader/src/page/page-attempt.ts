import type { Browser, Page } from 'playwright-core';
import { CheckFailure, type FailureDetails } from '../check.ts';
import type { Random } from '../random.ts';
import type { Script } from '../scripted-server/script.ts';
import { ScriptedServer } from '../scripted-server/scripted-server.ts';
import type { PageTarget } from '../target.ts';
import { filesOf } from './serve-files.ts';

/** How long a page may take to load, in milliseconds; the browser may be busy with its own start. */
const MAX_LOAD_MS = 15_000;

/** A page that a check has opened, and the server behind it. */
export interface OpenPage {
    page: Page;
    server: ScriptedServer;
    /** Errors of the page's scripts so far. */
    errors: string[];
    /** Whether the page was loaded again, by itself or by its form. */
    wasReloaded(): boolean;
}

/** One run of one check on a page: opens it in a browser, and closes it at the end. */
export class PageAttempt {
    readonly random: Random;
    /** Time limit of each wait, in milliseconds. */
    readonly limitMs: number;
    /** Always empty: checks say in words what they send. */
    readonly lastSent = '';
    readonly #target: PageTarget;
    readonly #browser: Promise<Browser>;
    readonly #closing: (() => Promise<unknown>)[] = [];

    constructor(target: PageTarget, browser: Promise<Browser>, random: Random, limitMs: number) {
        this.#target = target;
        this.#browser = browser;
        this.random = random;
        this.limitMs = limitMs;
    }

    /**
     * Serves the folder and an MCP server on one origin, and opens the page with the address of the stream in its query.
     *
     * @param path of the folder, such as /lesson/page/.
     */
    async open(path: string, script: Script): Promise<OpenPage> {
        const browser = await this.#browser;
        const server = new ScriptedServer({ ...script, serveOther: filesOf(this.#target.folder, path) });
        await server.listen();
        this.#closing.push(() => server.close());
        const page = await browser.newPage();
        this.#closing.push(() => page.close());
        page.setDefaultTimeout(this.limitMs);
        const errors: string[] = [];
        let loads = 0;
        page.on('domcontentloaded', () => {
            loads += 1;
        });
        page.on('pageerror', error => errors.push(String(error)));
        const query = `stream=${encodeURIComponent(script.streamPath)}`;
        await page.goto(`${server.origin}${path}index.html?${query}`, { timeout: MAX_LOAD_MS });
        return { page, server, errors, wasReloaded: () => loads > 1 };
    }

    /** The error to throw where the page did something wrong. */
    failure(details: FailureDetails, status: 'fail' | 'timeout' = 'fail'): CheckFailure {
        return new CheckFailure(details, status);
    }

    async close(): Promise<void> {
        for (const close of this.#closing.reverse()) await close();
    }
}
