/** What the screen says while a lesson is in hand. */
export const screen = {
    chooseLesson: 'Choose a lesson (↑ ↓, Enter; Esc: back, q: quit)',
    checking: 'Checking…',
    hintIsDue: 'The hint comes when the check has ended.',
    passed: 'Every check passes. Press n for the next lesson.',
    allPassed: 'Every check passes, and this is the last lesson.',
    edit: (files: string) => `Edit   ${files}`,
    read: (file: string) => `Read   ${file}`,
    server: (url: string) => `Server ${url}`,
    serverIsDown: (url: string) => `Server ${url} does not run any more. It starts again at the next save, or with c.`,
    token: (token: string) => `Token  ${token}`,
    page: (url: string) => `Page   ${url}`,
    pageIsBuilt: 'Page   is being built, which takes a moment',
    pageIsMissing: 'Page   left out: the build tools are not installed. Run: npm ci --include=dev',
    unreachable: 'Your server does not answer. The screen of npm run lesson says why.',
    otherPort: (port: number) =>
        `Another program has port 3001. In the commands of the lesson, write ${port} in its place.`,
    missed: 'Your system does not report saves of this folder (network folder, WSL). Press c after a save.',
    notPassed: 'This lesson is not passed yet. Press n again to leave it.',
    lastLesson: 'This is the last lesson.',
    confirmReset: 'Start again from the problem? A copy of your code is kept. y: yes, any other key: no',
    yesKey: 'y',
    keys: {
        h: 'hint',
        d: 'diff to the solution',
        c: 'check now',
        r: 'reset',
        n: 'next',
        l: 'list',
        q: 'quit'
    } as Record<string, string>
};
