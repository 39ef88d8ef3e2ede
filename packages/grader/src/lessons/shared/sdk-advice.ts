import type { Attempt } from '../../attempt.ts';
import { type Check, CheckFailure } from '../../check.ts';
import { diagnoses } from '../../diagnoses.ts';
import type { Text } from '../../text.ts';

/** What Express and the SDK write into a response when a server uses them wrongly, and what to do then. */
const mistakes: [RegExp, Text][] = [
    [
        /Already connected to a transport/,
        {
            en: 'One McpServer serves one client. Make a new McpServer in GET /sse, with its tools, and connect that one.',
            fr: 'Un McpServer sert un seul client. Créez un nouveau McpServer dans GET /sse, avec ses outils, et connectez celui-là.'
        }
    ],
    [
        /stream is not readable/,
        {
            en: 'express.json() has read the body already. Remove it, or pass the body on: handlePostMessage(req, res, req.body).',
            fr: 'express.json() a déjà lu le corps. Retirez-le, ou transmettez le corps : handlePostMessage(req, res, req.body).'
        }
    ],
    [
        /Server does not support (?:tools|resources|prompts|logging)/,
        {
            en: 'Declare what the server can do: new McpServer({ name, version }, { capabilities: { tools: {} } }).',
            fr: 'Déclarez ce que le serveur sait faire : new McpServer({ name, version }, { capabilities: { tools: {} } }).'
        }
    ],
    [
        /Cannot GET/,
        {
            en: 'No route answers this GET. Add app.get() for the path of the event stream.',
            fr: "Aucune route ne répond à ce GET. Ajoutez app.get() pour le chemin du flux d'événements."
        }
    ],
    [
        /Cannot POST/,
        {
            en: 'No route answers this POST. The path that you give to SSEServerTransport and the path of app.post() must be the same.',
            fr: 'Aucune route ne répond à ce POST. Le chemin donné à SSEServerTransport et celui de app.post() doivent être le même.'
        }
    ],
    [
        /Invalid tools\/call result/,
        {
            en: 'The handler of the tool must return { content: [{ type: "text", text: "…" }] }, with a string as text.',
            fr: 'La fonction de l\'outil doit renvoyer { content: [{ type: "text", text: "…" }] }, avec une chaîne comme text.'
        }
    ],
    [
        /"isError":true/,
        {
            en: 'The function of the tool has thrown, or its arguments were refused: the text of the result says why.',
            fr: "La fonction de l'outil a levé une exception, ou ses arguments ont été refusés : le texte du résultat dit pourquoi."
        }
    ]
];

/** Advice for servers by hand. With the SDK, a check knows better what to do. */
const byHand: (Text | undefined)[] = [
    diagnoses.notAStream.next,
    diagnoses.headersHeldBack.next,
    diagnoses.noEndpoint.next,
    diagnoses.notAccepted.next,
    diagnoses.noReply.next
];

/** The check, whose failures give the advice that fits the error of Express or the SDK in the response. */
export function withSdkAdvice(check: Check<Attempt>): Check<Attempt> {
    const run = async (attempt: Attempt) => {
        try {
            await check.run(attempt);
        } catch (error) {
            throw error instanceof CheckFailure ? advise(error, check.next) : error;
        }
    };
    return { ...check, run };
}

function advise({ details, message, status }: CheckFailure, otherwise: Text): CheckFailure {
    const [, next = byHand.includes(details.next) ? otherwise : details.next] =
        mistakes.find(([pattern]) => pattern.test(message)) ?? [];
    return new CheckFailure({ ...details, ...(next && { next }) }, status);
}
