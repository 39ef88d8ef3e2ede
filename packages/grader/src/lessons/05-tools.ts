import type { Attempt } from '../attempt.ts';
import type { Check } from '../check.ts';
import { clauses } from '../clauses.ts';
import { showJson } from '../wire/show.ts';
import { jokeFallsBack, jokeTold } from './shared/tools/joke.ts';
import { accepts } from './shared/tools/schema.ts';
import { localTime, ZONES } from './shared/tools/zones.ts';
import { callTool, carries, openWithTools, refusalOf, textOf } from './shared/tools.ts';

const echo: Check<Attempt> = {
    id: 'echo-unchanged',
    title: { en: '`echo` returns any text unchanged', fr: '`echo` renvoie tout texte inchangé' },
    sends: {
        en: 'POST tools/call of echo with several texts: spaces, several lines, many scripts, none at all',
        fr: 'POST tools/call de echo avec plusieurs textes : espaces, plusieurs lignes, plusieurs écritures, texte vide'
    },
    expects: { en: 'each text, character by character', fr: 'chaque texte, caractère par caractère' },
    clause: clauses.tools,
    next: {
        en: 'Return the argument "message" as it is: {"content":[{"type":"text","text":message}]}.',
        fr: `Renvoyez l'argument "message" tel quel : {"content":[{"type":"text","text":message}]}.`
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'echo');
        const word = attempt.random.word();
        const texts = [word, `  ${word}\r\n\t"${word}" \\ </b>\n`, `${word} é e\u0301 日本 🦜👩‍🚀 \u2028`, ''];
        for (const message of texts) {
            const reply = await callTool(attempt, session, 'echo', { message });
            if (carries(textOf(reply), message)) continue;
            const text = `"text":${JSON.stringify(message)}`;
            throw attempt.failure({ received: showJson(reply.result ?? reply), expected: { en: text, fr: text } });
        }
    }
};

const time: Check<Attempt> = {
    id: 'time-in-zone',
    title: {
        en: '`server_time` tells the time in the time zone asked for',
        fr: "`server_time` donne l'heure du fuseau demandé"
    },
    sends: {
        en: 'POST tools/call of server_time: with two time zones, and without',
        fr: 'POST tools/call de server_time : avec deux fuseaux, et sans fuseau'
    },
    expects: {
        en: 'date and time on the clocks of that zone, such as 2026-01-31 18:05:00; UTC if no zone is given',
        fr: "la date et l'heure dans ce fuseau, comme 2026-01-31 18:05:00 ; UTC si aucun fuseau n'est donné"
    },
    clause: clauses.tools,
    next: {
        en: "Format the time in that zone: new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format().",
        fr: "Formatez l'heure dans ce fuseau : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format()."
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'server_time');
        const zone = attempt.random.pick(ZONES.far);
        for (const timezone of [attempt.random.pick(ZONES.near), zone, undefined]) {
            const reply = await callTool(attempt, session, 'server_time', timezone === undefined ? {} : { timezone });
            const expected = localTime(timezone ?? 'UTC');
            if (expected.matches(textOf(reply))) continue;
            const received = showJson(reply.result ?? reply);
            if (timezone === undefined) throw attempt.failure({ received, ...notUtc(expected.text) });
            const text = { en: `about ${expected.text}`, fr: `environ ${expected.text}` };
            throw attempt.failure({ received, expected: text });
        }
    }
};

const notUtc = (time: string) => ({
    expected: { en: `about ${time}: no time zone is given`, fr: `environ ${time} : aucun fuseau n'est donné` },
    next: {
        en: "Make the argument optional, with UTC as its default: z.string().default('UTC').",
        fr: "Rendez l'argument facultatif, avec UTC par défaut : z.string().default('UTC')."
    }
});

const unknownZone: Check<Attempt> = {
    id: 'unknown-zone-named',
    title: {
        en: 'A time zone that does not exist is named in an error result',
        fr: "Un fuseau inexistant est nommé dans un résultat d'erreur"
    },
    sends: {
        en: 'POST tools/call of server_time with a time zone that does not exist',
        fr: 'POST tools/call de server_time avec un fuseau inexistant'
    },
    expects: {
        en: 'a result with "isError":true whose text names the time zone, so that a model can correct itself',
        fr: 'un résultat avec "isError":true dont le texte nomme le fuseau, pour que le modèle puisse se corriger'
    },
    clause: clauses.toolErrors,
    next: {
        en: 'Catch the RangeError of Intl.DateTimeFormat, and return {"content":[{"type":"text","text":"Unknown time zone …"}],"isError":true}.',
        fr: 'Interceptez la RangeError de Intl.DateTimeFormat, et renvoyez {"content":[{"type":"text","text":"Unknown time zone …"}],"isError":true}.'
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'server_time');
        const timezone = `Mars/${attempt.random.word()}`;
        const reply = await callTool(attempt, session, 'server_time', { timezone });
        const received = showJson(reply.error ? reply : reply.result);
        if (reply.error) throw attempt.failure({ received, ...notAProtocolError });
        if (reply.result.isError !== true) throw attempt.failure({ received, ...notAnError });
        if (!refusalOf(reply)?.includes(timezone)) throw attempt.failure({ received, ...nameless(timezone) });
        // A server that refuses every zone proves nothing.
        const known = await callTool(attempt, session, 'server_time', { timezone: 'UTC' });
        if (textOf(known) !== undefined) return;
        const { expects, next } = time;
        throw attempt.failure({ received: showJson(known.result ?? known), expected: expects, next });
    }
};

const notAProtocolError = {
    expected: {
        en: 'a result with "isError":true: the tool exists and ran, so this is not an error of the protocol',
        fr: `un résultat avec "isError":true : l'outil existe et a travaillé, ce n'est donc pas une erreur du protocole`
    }
};
const notAnError = {
    expected: {
        en: '"isError":true: without it, a model takes the text for the time',
        fr: `"isError":true : sans lui, un modèle prend le texte pour l'heure`
    }
};
const nameless = (timezone: string) => ({
    expected: {
        en: `a text that names "${timezone}"`,
        fr: `un texte qui nomme « ${timezone} »`
    },
    next: {
        en: 'Put the value into the message: it says what was wrong, and with what.',
        fr: 'Mettez la valeur dans le message : il dit ce qui était faux, et où.'
    }
});

const refused: Check<Attempt> = {
    id: 'arguments-refused',
    title: {
        en: 'Wrong arguments are refused, by name',
        fr: 'Des arguments faux sont refusés, et nommés'
    },
    sends: {
        en: 'POST tools/call of add without b, and with a word as b; of echo without message; of server_time with a number',
        fr: 'POST tools/call de add sans b, puis avec un mot comme b ; de echo sans message ; de server_time avec un nombre'
    },
    expects: {
        en: 'each time an error that names the argument: a result with "isError":true, or the JSON-RPC error -32602',
        fr: `chaque fois une erreur qui nomme l'argument : un résultat avec "isError":true, ou l'erreur JSON-RPC -32602`
    },
    clause: clauses.toolErrors,
    next: {
        en: 'Give the tool an inputSchema with the type of each argument; the SDK then checks them before your code runs.',
        fr: "Donnez à l'outil un inputSchema avec le type de chaque argument ; le SDK les vérifie alors avant votre code."
    },
    async run(attempt) {
        const { session } = await openWithTools(attempt, 'add', 'echo', 'server_time');
        const a = attempt.random.integer(1, 1000);
        const wrong: [tool: string, args: object, name: string][] = [
            ['add', { a }, 'b'],
            ['add', { a, b: attempt.random.word() }, 'b'],
            ['echo', {}, 'message'],
            ['server_time', { timezone: a }, 'timezone']
        ];
        for (const [tool, args, name] of wrong) {
            const reply = await callTool(attempt, session, tool, args);
            const refusal = refusalOf(reply);
            const received = showJson(reply.result ?? reply);
            if (refusal === undefined) throw attempt.failure({ received, ...notRefused(tool, name) });
            if (reply.error && reply.error.code !== -32602) throw attempt.failure({ received });
            if (!new RegExp(`\\b${name}\\b`).test(refusal)) throw attempt.failure({ received, ...unnamed(name) });
        }
        const reply = await callTool(attempt, session, 'add', { a, b: 1 });
        if (textOf(reply) === undefined) throw attempt.failure({ received: showJson(reply.result ?? reply) });
    }
};

const notRefused = (tool: string, name: string) => ({
    expected: {
        en: `an error that names the argument ${name}: ${tool} cannot work with these arguments`,
        fr: `une erreur qui nomme l'argument ${name} : ${tool} ne peut rien faire de ces arguments`
    }
});
const unnamed = (name: string) => ({
    expected: {
        en: `an error that names the argument ${name}`,
        fr: `une erreur qui nomme l'argument ${name}`
    },
    next: {
        en: 'Say in the error which argument is wrong: a model corrects the argument that it reads there.',
        fr: "Dites dans l'erreur quel argument est faux : un modèle corrige l'argument qu'il y lit."
    }
});

const schemas: Check<Attempt> = {
    id: 'schemas-complete',
    title: {
        en: 'The schema of each tool says its arguments: type, and whether required',
        fr: 'Le schéma de chaque outil décrit ses arguments : type, et obligatoire ou non'
    },
    sends: { en: 'POST tools/list', fr: 'POST tools/list' },
    expects: {
        en: 'add: a and b, numbers, required; echo: message, a string, required; server_time: timezone, a string, not required',
        fr: 'add : a et b, nombres, obligatoires ; echo : message, texte, obligatoire ; server_time : timezone, texte, facultatif'
    },
    clause: clauses.tools,
    next: {
        en: 'Describe each argument in the inputSchema; z.string().default(…) makes one optional.',
        fr: "Décrivez chaque argument dans l'inputSchema ; z.string().default(…) en rend un facultatif."
    },
    async run(attempt) {
        const { tools } = await openWithTools(attempt, 'add', 'echo', 'server_time', 'random-joke');
        const schemaOf = (name: string) => tools.find(tool => tool.name === name)?.inputSchema;
        const wanted = [
            ['add', 'a', 'number', true],
            ['add', 'b', 'number', true],
            ['echo', 'message', 'string', true],
            ['server_time', 'timezone', 'string', false]
        ] as const;
        for (const [name, argument, type, required] of wanted) {
            const inputSchema = schemaOf(name);
            const isRequired = Array.isArray(inputSchema?.required) && inputSchema.required.includes(argument);
            const property = inputSchema?.properties?.[argument];
            if (inputSchema?.type === 'object' && accepts(property, type) && isRequired === required) continue;
            const expected = {
                en: `${name}: "${argument}" of type ${type}, ${required ? 'in' : 'not in'} "required"`,
                fr: `${name} : "${argument}" de type ${type}, ${required ? 'dans' : 'hors de'} "required"`
            };
            throw attempt.failure({ received: showJson({ name, inputSchema }), expected });
        }
        const inputSchema = schemaOf('random-joke');
        if (inputSchema?.type === 'object' && !inputSchema.required?.length) return;
        const text = 'random-joke: {"type":"object"}';
        throw attempt.failure({ received: showJson(inputSchema), expected: { en: text, fr: text } });
    }
};

/** Tools that meet the world: any text, time zones, an API that may not answer, and arguments that are wrong. */
export const tools = [echo, time, unknownZone, jokeTold, jokeFallsBack, schemas, refused];
