import type { Check } from '../../check.ts';
import { clauses } from '../../clauses.ts';
import type { ClientAttempt, ClientRun } from '../../client/client-attempt.ts';
import { showLine, showRun } from '../../client/show-run.ts';
import { runDrops, runLimits, runToolError } from './runs.ts';

const resultLine = (run: ClientRun, index: number) => run.lines[index + 1] ?? '';

const limits: Check<ClientAttempt> = {
    id: 'client-time-limit',
    title: {
        en: 'A call that is not answered ends after a second',
        fr: "Un appel sans réponse s'arrête après une seconde"
    },
    sends: { en: 'no reply to the second of three calls', fr: 'aucune réponse au deuxième de trois appels' },
    expects: {
        en: 'as the second line "timeout: …", and the lines of the other calls around it',
        fr: 'comme deuxième ligne « timeout: … », entourée des lignes des autres appels'
    },
    clause: clauses.timeouts,
    next: {
        en: 'Give { timeout: 1000 } to client.callTool as its third argument, and turn the McpError with code ErrorCode.RequestTimeout into a line.',
        fr: "Donnez { timeout: 1000 } à client.callTool comme troisième argument, et faites une ligne de l'McpError au code ErrorCode.RequestTimeout."
    },
    async run(attempt) {
        const run = await runLimits(attempt);
        if (run.stopped) throw attempt.failure({ received: showRun(run) }, 'timeout');
        const answered = resultLine(run, 2) === run.calls[2]?.text;
        if (!resultLine(run, 1).startsWith('timeout:')) throw attempt.failure({ received: showLine(run, 2) });
        if (!answered) throw attempt.failure({ received: showLine(run, 3) });
    }
};

const toolError: Check<ClientAttempt> = {
    id: 'client-tool-error',
    title: {
        en: 'A result with isError is printed as an error, and the exit code is 1',
        fr: 'Un résultat avec isError est affiché comme erreur, et le code de sortie est 1'
    },
    sends: { en: 'a result with "isError":true', fr: 'un résultat avec "isError":true' },
    expects: {
        en: 'on standard output "error: " and the text; exit code 1',
        fr: 'sur la sortie standard « error: » et le texte ; code de sortie 1'
    },
    clause: clauses.tools,
    next: {
        en: 'client.callTool does not throw where a tool fails: look at result.isError, and pass the line through fail(), which sets exit code 1.',
        fr: 'client.callTool ne lève rien quand un outil échoue : regardez result.isError, et passez la ligne par fail(), qui met le code de sortie 1.'
    },
    async run(attempt) {
        const run = await runToolError(attempt);
        const line = `error: ${run.calls[0]?.text}`;
        const expected = { en: `line 2: ${line}\nexit code 1`, fr: `ligne 2 : ${line}\ncode de sortie 1` };
        if (resultLine(run, 0) !== line || run.exitCode !== 1)
            throw attempt.failure({ received: showLine(run, 1, line), expected });
    }
};

const again: Check<ClientAttempt> = {
    id: 'client-initializes-again',
    title: {
        en: 'After a dropped stream the client connects anew and initializes again',
        fr: 'Après un flux coupé, le client se reconnecte et initialise de nouveau'
    },
    sends: { en: 'the stream drops while three calls are open', fr: 'le flux est coupé pendant trois appels' },
    expects: {
        en: 'another GET, then initialize and notifications/initialized: the new stream is a new session',
        fr: 'un autre GET, puis initialize et notifications/initialized : le nouveau flux est une nouvelle session'
    },
    clause: clauses.lifecycle,
    next: {
        en: 'In client.onerror, look for an SseError: close the client, and make a new Client with a new transport.',
        fr: 'Dans client.onerror, guettez une SseError : fermez le client, puis créez un nouveau Client avec un nouveau transport.'
    },
    async run(attempt) {
        const run = await runDrops(attempt);
        const { sessions } = run.server;
        const initialized = sessions.filter(session => session.has('notifications/initialized')).length;
        const counts = `${sessions.length} × GET, ${initialized} × notifications/initialized`;
        const shown = showRun(run);
        const received = { en: `${counts}\n${shown.en}`, fr: `${counts}\n${shown.fr}` };
        if (sessions.length < 2 || initialized < sessions.length) throw attempt.failure({ received });
    }
};

const repeats: Check<ClientAttempt> = {
    id: 'client-repeats',
    title: {
        en: 'Calls that may be repeated are repeated until they are answered',
        fr: "Les appels qui peuvent être répétés le sont jusqu'à leur réponse"
    },
    sends: { en: 'the stream drops twice while calls are open', fr: 'le flux est coupé deux fois pendant des appels' },
    expects: {
        en: 'the results of the tools whose annotations say readOnlyHint or idempotentHint',
        fr: 'les résultats des outils dont les annotations disent readOnlyHint ou idempotentHint'
    },
    clause: clauses.annotations,
    next: {
        en: 'If the tool has readOnlyHint or idempotentHint, call it again in the new session, as often as the stream drops.',
        fr: "Si l'outil a readOnlyHint ou idempotentHint, appelez-le de nouveau dans la nouvelle session, à chaque coupure."
    },
    async run(attempt) {
        const run = await runDrops(attempt);
        for (const index of [0, 2]) {
            const { text, tool } = run.calls[index] ?? {};
            const hint = index === 0 ? 'readOnlyHint' : 'idempotentHint';
            const expected = {
                en: `${text}\nas line ${index + 2}: the tool ${tool} has ${hint}`,
                fr: `${text}\ncomme ligne ${index + 2} : l'outil ${tool} a ${hint}`
            };
            if (resultLine(run, index) !== text)
                throw attempt.failure({ received: showLine(run, index + 1), expected });
        }
    }
};

const once: Check<ClientAttempt> = {
    id: 'client-repeats-nothing-else',
    title: {
        en: 'A call that may not be repeated is sent once, and its outcome is called unknown',
        fr: "Un appel qui ne peut être répété n'est envoyé qu'une fois, et son issue est dite inconnue"
    },
    sends: { en: 'the stream drops while three calls are open', fr: 'le flux est coupé pendant trois appels' },
    expects: {
        en: 'one tools/call of the tool without hints, the line "unknown: …", and exit code 1',
        fr: "un seul tools/call de l'outil sans indications, la ligne « unknown: … », et le code de sortie 1"
    },
    clause: clauses.annotations,
    next: {
        en: 'A tool without hints may have run before the stream dropped. Do not call it again: print "unknown: …", and leave the decision to the user.',
        fr: "Un outil sans indications a pu s'exécuter avant la coupure. Ne le rappelez pas : affichez « unknown: … », et laissez l'utilisateur décider."
    },
    async run(attempt) {
        const run = await runDrops(attempt);
        const times = run.server.calls.filter(({ name }) => name === run.calls[1]?.tool).length;
        const received = {
            en: `${times} × tools/call of the tool without hints\n${showLine(run, 2).en}`,
            fr: `${times} × tools/call de l'outil sans indications\n${showLine(run, 2).fr}`
        };
        if (times !== 1) throw attempt.failure({ received });
        if (!resultLine(run, 1).startsWith('unknown:') || run.exitCode !== 1) throw attempt.failure({ received });
    }
};

/** What a client does with calls that are not answered as hoped. */
export const failedCalls = [limits, toolError, again, repeats, once];
