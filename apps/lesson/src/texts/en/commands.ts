/** What the commands print. */
export const commands = {
    headings: {
        'Usage:': 'Usage:',
        'Arguments:': 'Arguments:',
        'Options:': 'Options:',
        'Global Options:': 'Global Options:',
        'Commands:': 'Commands:'
    } as Record<string, string>,
    program:
        'Twelve lessons that check themselves. Without a command, on a terminal: the list, and the lesson in hand.',
    help: 'shows this help',
    languageOption: 'language of everything printed: en or fr',
    byDefault: (value: string) => `default: ${value}`,
    /** What stands in the help for what the user writes. */
    values: {
        command: '[command]',
        number: '<number>',
        numbers: '[numbers...]',
        seed: '<number>',
        language: '<language>',
        token: '<token>',
        file: '<file>',
        name: '<name>',
        code: '<code>',
        address: '<address>',
        port: '<number>'
    },
    lessonArgument: 'the number of the lesson, such as 03',
    about: {
        list: 'lists the lessons, and which of them you have passed',
        start: 'copies the problem to the folder that you edit; on a terminal, checks it at each save',
        check: 'checks your code, or any server with --url',
        hint: 'shows the next hint of the check that fails',
        diff: 'shows what the solution has and your code has not',
        reset: 'starts again from the problem; keeps a copy of what you wrote',
        verify: 'runs every solution, problem and wrong variant of the lessons, and compares the texts in both languages'
    },
    options: {
        url: 'address of the event stream of a running server, such as http://localhost:8000/sse',
        json: 'runs all checks and prints one JSON value',
        seed: 'repeats a check with the same inputs',
        token: 'token of the server',
        yes: 'does not ask',
        update: 'writes the golden files of the failures instead of comparing them',
        acceptFrench: 'notes that the French of these lessons says the same as the English; read it before'
    },
    minutes: (minutes: number) => `${minutes} min`,
    passedOf: (passed: number, all: number) => `${passed} of ${all} passed.`,
    startNext: (number: string) => `Next: npm run lesson -- start ${number}`,
    allPassed: 'You have passed every lesson.',
    created: (files: string) => `Your copy: ${files}`,
    continued: (files: string) => `You continue with ${files}`,
    read: (file: string) => `Read:      ${file}`,
    checkWith: (number: string) => `Check:     npm run lesson -- check ${number}`,
    passed: (number: string, title: string) => `Lesson ${number} passed: ${title}.`,
    footer: (number: string, seed: number) => `npm run lesson -- hint ${number} · --seed ${seed} repeats this check`,
    footerOfUrl: (seed: number) => `--seed ${seed} repeats this check`,
    hintOf: (index: number, count: number, title: string) => `Hint ${index} of ${count}, for: ${title}`,
    needsNoHint: (number: string) => `Every check of lesson ${number} passes: there is nothing to hint at.`,
    noHint: (title: string) => `There is no hint for this check: ${title}`,
    noDifference: 'Your code is the same as the solution.',
    saved: (folder: string) => `Kept what you wrote in ${folder}`,
    askReset: (number: string) => `Start lesson ${number} again from the problem? A copy of your code is kept.`,
    yes: 'Yes',
    no: 'No',
    notReset: 'Nothing was changed.',
    needsYes: (number: string) => `There is no terminal to ask on. Run: npm run lesson -- reset ${number} --yes`,
    noLesson: (word: string, known: string) => `There is no lesson ${word}. The lessons are ${known}.`,
    notStarted: (number: string) => `You have not started lesson ${number}. Run: npm run lesson -- start ${number}`,
    notAUrl: (word: string) => `--url must be the http address of an event stream, got ${word}`,
    urlOfServer: (number: string) => `Lesson ${number} checks a client, not a server; leave out --url`,
    notASeed: (word: string) => `--seed must be an integer from 0 to 4294967295, got ${word}`,
    notALanguage: (word: string) => `The language must be en or fr, got ${word}`,
    noTerminal: 'This command does not run on a terminal. Use one of these commands:',
    usage: {
        unknownCommand: (word: string) => `There is no command ${word}.`,
        unknownOption: (word: string) => `There is no option ${word}.`,
        missingArgument: 'The number of the lesson is missing, such as 03.',
        missingValue: (word: string) => `A value is missing after ${word}.`,
        tooMany: 'There are more words than the command takes.',
        seeHelp: 'npm run lesson -- --help lists all commands.'
    }
};
