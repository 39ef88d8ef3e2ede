/** What `board` and its page say, and what a learner reads of it. */
export const board = {
    about: 'shows the teacher who is at which lesson and who is stuck; for this machine only, unless --host opens it',
    host: 'address to listen on; 0.0.0.0 lets the machines of the room post, with a join code',
    port: 'port to listen on (default: the first free one from 3200)',
    code: 'join code; board prints a random one',
    url: 'shows your checks on the board of your teacher, also after later starts',
    name: 'the name that the board shows',
    leave: 'leaves the board',
    shown: (url: string) => `Board: ${url} (open it on this machine)`,
    join: (urls: string[], code?: string) =>
        [
            urls.length > 1 ? 'Learners join with the first of these that works:' : 'Learners join with:',
            ...urls.map(url => `npm run lesson -- start 01 --board ${url} --name NAME${code ? ` --code ${code}` : ''}`)
        ].join('\n  '),
    keepCode: 'Ctrl-C ends the board. To start it again with the same code: --code.',
    onlyHere: 'Only this machine can join. To let the room in: --host 0.0.0.0. Ctrl-C ends the board.',
    notAPort: (word: string) => `--port must be an integer from 0 to 65535, got ${word}`,
    cannotListen: (host: string, port: number, reason: string) =>
        `The board cannot listen on ${host}, port ${port}: ${reason}. Choose another --host or --port.`,
    notAUrl: (word: string) => `--board must be the http address of the board, got ${word}`,
    needsBoard: '--name and --code require --board, the address that your teacher shows',
    needsName: '--board requires --name, the name that the board shows',
    notAName: '--name must be 1 to 40 characters on one line',
    joined: (url: string, name: string) => `The board at ${url} shows you as ${name}.`,
    sameName: (shownAs: string) => `Another learner has your name: the board shows you as ${shownAs}.`,
    silent: (url: string) => `The board at ${url} does not answer. Your lessons work without it.`,
    wrongCode: (url: string) => `The board at ${url} refuses the join code. Ask your teacher for it.`,
    refused: (url: string, status: number) =>
        `The board at ${url} refuses your checks (HTTP ${status}). Your lessons work without it.`,
    onlyItsMachine: 'Only a browser on the machine where the board runs can open it.',
    title: 'Who is where',
    lost: 'The board has stopped. What you see is old.',
    columns: ['Name', 'Lesson', 'Check', 'For'],
    count: (all: number, stuck: number) => `${all} joined, ${stuck} stuck (the same check for more than 10 minutes)`,
    started: 'started',
    passed: 'passed',
    isDown: 'does not start',
    stuck: 'stuck',
    minutes: (minutes: number) => `${minutes} min`
};
