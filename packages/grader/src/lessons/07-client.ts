import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import type { ClientAttempt } from '../client/client-attempt.ts';
import { showLine, showRun, showSeen } from '../client/show-run.ts';
import { failedCalls } from './client/failed-calls.ts';
import { runCalls } from './client/runs.ts';

const commandLine = { en: 'client URL, with two calls', fr: 'client URL, avec deux appels' };

const initializes: Check<ClientAttempt> = {
    id: 'client-initializes',
    title: {
        en: 'The client connects and initializes the session',
        fr: 'Le client se connecte et initialise la session'
    },
    sends: commandLine,
    expects: {
        en: 'GET of the URL, then POST of initialize and of notifications/initialized to the address in `endpoint`',
        fr: "GET de l'URL, puis POST de initialize et de notifications/initialized à l'adresse donnée par `endpoint`"
    },
    clause: clauses.lifecycle,
    next: {
        en: 'Create a Client and an SSEClientTransport with the URL from the command line, and await client.connect(transport).',
        fr: "Créez un Client et un SSEClientTransport avec l'URL de la ligne de commande, et attendez client.connect(transport)."
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        const { sessions, faults } = run.server;
        if (!sessions[0]) throw attempt.failure({ received: showRun(run) });
        if (faults[0]) throw attempt.failure({ received: faults[0].request });
        if (!sessions[0].has('notifications/initialized')) throw attempt.failure({ received: showSeen(run) });
    }
};

const lists: Check<ClientAttempt> = {
    id: 'client-lists-tools',
    title: {
        en: 'The client asks which tools there are, and prints their names',
        fr: 'Le client demande quels outils existent et affiche leurs noms'
    },
    sends: commandLine,
    expects: {
        en: 'tools/list, and as the first line of standard output "tools: " and the names, with a comma between',
        fr: 'tools/list, et comme première ligne de la sortie standard « tools: » et les noms, séparés par des virgules'
    },
    clause: clauses.tools,
    next: {
        en: 'Await client.listTools(), and print the names with console.log before the first call.',
        fr: 'Attendez client.listTools(), et affichez les noms avec console.log avant le premier appel.'
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        const asked = run.server.sessions[0]?.has('tools/list');
        if (!asked) throw attempt.failure({ received: showSeen(run) });
        const line = `tools: ${run.calls.map(({ tool }) => tool).join(', ')}`;
        if (run.lines[0] !== line)
            throw attempt.failure({ received: showLine(run, 0), expected: { en: line, fr: line } });
    }
};

const sends: Check<ClientAttempt> = {
    id: 'client-sends-arguments',
    title: {
        en: 'Each call arrives with its arguments, numbers as numbers',
        fr: 'Chaque appel arrive avec ses arguments, les nombres en tant que nombres'
    },
    sends: commandLine,
    expects: {
        en: 'tools/call with the name of the tool, and the arguments as an object',
        fr: "tools/call avec le nom de l'outil, et les arguments comme objet"
    },
    clause: clauses.tools,
    next: {
        en: 'Use parseCall on each word, and give its name and arguments to client.callTool().',
        fr: 'Appliquez parseCall à chaque mot, et donnez son nom et ses arguments à client.callTool().'
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        const [first] = run.calls;
        const call = run.server.calls.find(({ name }) => name === first?.tool);
        if (!call) throw attempt.failure({ received: showRun(run) });
        const expected = JSON.stringify(first?.args);
        const received = JSON.stringify(call.args);
        if (sorted(call.args) !== sorted(first?.args ?? {})) {
            const wanted = `"arguments":${expected}`;
            throw attempt.failure({ received: `"arguments":${received}`, expected: { en: wanted, fr: wanted } });
        }
    }
};

const sorted = (args: object) => JSON.stringify(Object.entries(args).sort());

const atOnce: Check<ClientAttempt> = {
    id: 'client-calls-at-once',
    title: {
        en: 'A call does not wait until the one before it is answered',
        fr: "Un appel n'attend pas que le précédent ait sa réponse"
    },
    sends: commandLine,
    expects: {
        en: 'both tools/call before the server answers either',
        fr: 'les deux tools/call avant que le serveur ne réponde à un seul'
    },
    clause: clauses.jsonRpc,
    next: {
        en: 'Start all calls first: Promise.all(calls.map(…)) instead of await in a loop.',
        fr: "Lancez d'abord tous les appels : Promise.all(calls.map(…)) au lieu de await dans une boucle."
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        const gaveUp = run.server.sessions[0]?.has('notifications/cancelled');
        if (run.server.calls.length < 2 || gaveUp) throw attempt.failure({ received: showSeen(run) });
    }
};

const keeps: Check<ClientAttempt> = {
    id: 'client-ignores-late-reply',
    title: {
        en: 'A late reply, which fits no open call, changes nothing',
        fr: 'Une réponse tardive, qui ne va à aucun appel en cours, ne change rien'
    },
    sends: {
        en: 'a reply whose id is that of no open request, then those to the calls',
        fr: "une réponse dont l'id n'est celui d'aucune requête en cours, puis celles aux appels"
    },
    expects: { en: 'one stream for the whole time', fr: 'un seul flux tout du long' },
    clause: clauses.jsonRpc,
    next: {
        en: 'client.onerror is also called for a reply that fits no request. Only an SseError says that the stream has dropped.',
        fr: 'client.onerror est aussi appelé pour une réponse qui ne va à aucune requête. Seule une SseError dit que le flux est coupé.'
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        // A client that closed the connection has calls that nothing answers.
        const gaveUp = run.lines.some(line => line.startsWith('unknown:'));
        if (run.server.sessions.length > 1 || gaveUp) throw attempt.failure({ received: showRun(run) });
    }
};

const prints: Check<ClientAttempt> = {
    id: 'client-prints-results',
    title: {
        en: 'The text of each result is printed, in the order of the command line',
        fr: "Le texte de chaque résultat est affiché, dans l'ordre de la ligne de commande"
    },
    sends: { en: 'the replies, the last call first', fr: 'les réponses, en commençant par le dernier appel' },
    expects: { en: 'one line for each call', fr: 'une ligne par appel' },
    clause: clauses.tools,
    next: {
        en: 'Print the lines when all calls have settled: Promise.all returns them in the order of the calls, whatever came first.',
        fr: "Affichez les lignes quand tous les appels ont abouti : Promise.all les rend dans l'ordre des appels, quel que soit l'ordre d'arrivée."
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        const expected = run.calls.map(({ text }) => text);
        if (run.lines.slice(1).join('\n') !== expected.join('\n')) {
            throw attempt.failure({
                received: showRun(run),
                expected: { en: expected.join('\n'), fr: expected.join('\n') }
            });
        }
    }
};

const ends: Check<ClientAttempt> = {
    id: 'client-ends',
    title: {
        en: 'The client closes its connection and ends with exit code 0',
        fr: 'Le client ferme sa connexion et se termine avec le code 0'
    },
    sends: commandLine,
    expects: {
        en: 'the process ends by itself, with exit code 0',
        fr: 'le processus se termine de lui-même, avec le code 0'
    },
    clause: clauses.httpWithSse,
    next: {
        en: 'Await client.close() when all lines are printed: an open stream keeps the process alive.',
        fr: 'Attendez client.close() quand toutes les lignes sont affichées : un flux ouvert maintient le processus en vie.'
    },
    async run(attempt) {
        const run = await runCalls(attempt);
        if (run.stopped || run.exitCode !== 0) throw attempt.failure({ received: showRun(run) });
    }
};

/** A client with the SDK: it calls, it waits no longer than it must, and it survives a dropped stream. */
export const client = [initializes, lists, sends, atOnce, keeps, prints, ends, ...failedCalls];
