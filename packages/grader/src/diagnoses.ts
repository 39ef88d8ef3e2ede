import type { FailureDetails } from './check.ts';
import { clauses } from './clauses.ts';

/** What is expected, by which clause, and what to do next: one for each mistake that any check may meet. */
export type Diagnosis = Required<Pick<FailureDetails, 'expected' | 'clause' | 'next'>>;

export const diagnoses = {
    notAStream: {
        expected: {
            en: 'HTTP 200 with Content-Type: text/event-stream',
            fr: 'HTTP 200 avec Content-Type: text/event-stream'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Answer GET on this path with status 200 and the header Content-Type: text/event-stream, and do not end the response.',
            fr: "Répondez à GET sur ce chemin avec le statut 200 et l'en-tête Content-Type: text/event-stream, sans terminer la réponse."
        }
    },
    noRoute: {
        expected: {
            en: 'HTTP 200 with Content-Type: text/event-stream',
            fr: 'HTTP 200 avec Content-Type: text/event-stream'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'No route answers GET on this path. Compare the path of your route, and of what it is mounted under, with the address of the check.',
            fr: "Aucune route ne répond à GET sur ce chemin. Comparez le chemin de votre route, et celui où elle est montée, avec l'adresse de la vérification."
        }
    },
    headersHeldBack: {
        expected: {
            en: 'HTTP 200 with Content-Type: text/event-stream, at once',
            fr: 'HTTP 200 avec Content-Type: text/event-stream, aussitôt'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Send the headers as soon as GET arrives. Node keeps them until the first write() or flushHeaders(); in Python, time.sleep() in an async function stops all clients.',
            fr: "Envoyez les en-têtes dès l'arrivée du GET. Node les retient jusqu'au premier write() ou flushHeaders() ; en Python, time.sleep() dans une fonction async arrête tous les clients."
        }
    },
    eventNotEnded: {
        expected: {
            en: 'an empty line after the data: it ends the event',
            fr: "une ligne vide après les données : elle termine l'événement"
        },
        clause: clauses.eventStream,
        next: {
            en: 'End each event with two line ends: "data: …\\n\\n".',
            fr: 'Terminez chaque événement par deux fins de ligne : « data: …\\n\\n ».'
        }
    },
    streamHeldBack: {
        expected: {
            en: 'each event as soon as the server writes it',
            fr: "chaque événement dès que le serveur l'écrit"
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Events came late and together: something between server and client collects the stream. Turn off compression and buffering there.',
            fr: 'Des événements sont arrivés tard et ensemble : quelque chose retient le flux entre serveur et client. Désactivez-y compression et tampon.'
        }
    },
    noEndpoint: {
        expected: {
            en: 'as the first event, `endpoint`, whose data is the address to POST to',
            fr: "comme premier événement, `endpoint`, dont la donnée est l'adresse où envoyer les POST"
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'As soon as the stream is open, write "event: endpoint", "data: /messages?sessionId=…" and an empty line. If your code does, something collects the stream: turn off compression and buffering.',
            fr: 'Dès que le flux est ouvert, écrivez « event: endpoint », « data: /messages?sessionId=… » et une ligne vide. Si votre code le fait déjà, quelque chose retient le flux : désactivez compression et tampon.'
        }
    },
    endpointNotFirst: {
        expected: {
            en: 'the event `endpoint` before every other event',
            fr: "l'événement `endpoint` avant tout autre événement"
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Write the event `endpoint` first, before you give the stream to other code.',
            fr: "Écrivez d'abord l'événement `endpoint`, avant de confier le flux à un autre code."
        }
    },
    endpointNotAddress: {
        expected: {
            en: 'an address in the data of `endpoint`, as plain text: a path, or a URL of the same origin',
            fr: 'une adresse dans la donnée de `endpoint`, en texte simple : un chemin, ou une URL de la même origine'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Write the address itself after "data: ", without JSON and without quotes. A whole URL must have the host and port of GET.',
            fr: "Écrivez l'adresse elle-même après « data: », sans JSON et sans guillemets. Une URL complète doit avoir l'hôte et le port du GET."
        }
    },
    endpointNotServed: {
        expected: {
            en: 'HTTP 202 for a POST to the address in the event `endpoint`',
            fr: "HTTP 202 pour un POST à l'adresse de l'événement `endpoint`"
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Compare the path of your POST route, and how it finds the session, with the address that the event `endpoint` gives.',
            fr: "Comparez le chemin de votre route POST, et la façon dont elle trouve la session, avec l'adresse que donne l'événement `endpoint`."
        }
    },
    notAccepted: {
        expected: { en: 'HTTP 202 for the POST', fr: 'HTTP 202 pour le POST' },
        clause: clauses.httpWithSse,
        next: {
            en: 'Answer the POST with status 202 as soon as the message is read; the reply comes on the stream.',
            fr: 'Répondez au POST par le statut 202 dès que le message est lu ; la réponse passe par le flux.'
        }
    },
    postNotAnswered: {
        expected: {
            en: 'HTTP 202 for the POST, and the end of its response, at once',
            fr: 'HTTP 202 pour le POST, et la fin de sa réponse, aussitôt'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'End the response of every POST, also when the message is a notification.',
            fr: 'Terminez la réponse de chaque POST, même si le message est une notification.'
        }
    },
    replyInPost: {
        expected: {
            en: 'the reply on the stream, as an event `message`; the POST is answered with 202 only',
            fr: 'la réponse sur le flux, comme événement `message` ; le POST ne reçoit que 202'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Write the reply to the stream of the session instead of into the response of the POST.',
            fr: 'Écrivez la réponse sur le flux de la session, et non dans la réponse du POST.'
        }
    },
    noReply: {
        expected: {
            en: 'the reply as an event `message` on the stream of this session',
            fr: 'la réponse comme événement `message` sur le flux de cette session'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Find the stream by the session id in the address of the POST, write "event: message", "data: " with the reply as JSON on one line, and an empty line.',
            fr: "Trouvez le flux par l'identifiant de session dans l'adresse du POST, écrivez « event: message », « data: » suivi de la réponse en JSON sur une ligne, puis une ligne vide."
        }
    },
    repliedTwice: {
        expected: { en: 'one reply to each request', fr: 'une seule réponse à chaque requête' },
        clause: clauses.jsonRpc,
        next: {
            en: 'This request already has its reply. Find what writes the second one: a route that is registered twice, or a broadcast to all streams.',
            fr: 'Cette requête a déjà sa réponse. Trouvez ce qui écrit la seconde : une route enregistrée deux fois, ou une diffusion à tous les flux.'
        }
    },
    othersReply: {
        expected: {
            en: 'a reply only on the stream of the session that sent the request',
            fr: 'une réponse seulement sur le flux de la session qui a envoyé la requête'
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'Find the stream by the session id in the address of the POST; write to this stream and to no other.',
            fr: "Trouvez le flux par l'identifiant de session dans l'adresse du POST ; écrivez sur ce flux et sur aucun autre."
        }
    },
    replyElsewhere: {
        expected: {
            en: 'the reply on the stream of the session in the address of the POST',
            fr: "la réponse sur le flux de la session qui est dans l'adresse du POST"
        },
        clause: clauses.httpWithSse,
        next: {
            en: 'The reply came on the stream of another client. Keep one stream for each session id, and none in a variable that all share.',
            fr: "La réponse est arrivée sur le flux d'un autre client. Gardez un flux par identifiant de session, et aucun dans une variable partagée."
        }
    },
    tooManyRequests: {
        expected: {
            en: 'no 429 yet: a check sends fewer than 100 requests in 10 s',
            fr: 'pas encore 429 : une vérification envoie moins de 100 requêtes en 10 s'
        },
        clause: clauses.tooManyRequests,
        next: {
            en: 'Allow more requests. If another check ended a moment ago, wait as long as Retry-After says, and check again.',
            fr: 'Permettez plus de requêtes. Si une autre vérification vient de finir, attendez ce que dit Retry-After, puis vérifiez à nouveau.'
        }
    },
    streamEnded: {
        expected: { en: 'a stream that stays open', fr: 'un flux qui reste ouvert' },
        clause: clauses.httpWithSse,
        next: {
            en: 'Do not end the response of GET: the session lasts as long as its stream.',
            fr: 'Ne terminez pas la réponse au GET : la session dure autant que son flux.'
        }
    },
    notJsonRpc: {
        expected: {
            en: 'a JSON-RPC 2.0 message in the data of the event',
            fr: "un message JSON-RPC 2.0 dans la donnée de l'événement"
        },
        clause: clauses.jsonRpc,
        next: {
            en: 'Send {"jsonrpc":"2.0","id":…,"result":…} as JSON on one line, with the id of the request.',
            fr: `Envoyez {"jsonrpc":"2.0","id":…,"result":…} en JSON sur une ligne, avec l'id de la requête.`
        }
    },
    replyWithoutId: {
        expected: { en: 'no reply to a notification', fr: 'aucune réponse à une notification' },
        clause: clauses.jsonRpc,
        next: {
            en: 'A message without an id is a notification: accept it, and send nothing on the stream.',
            fr: "Un message sans id est une notification : acceptez-le, et n'envoyez rien sur le flux."
        }
    },
    otherId: {
        expected: {
            en: 'the id of the request, with its type: 7 is not "7"',
            fr: "l'id de la requête, avec son type : 7 n'est pas « 7 »"
        },
        clause: clauses.jsonRpc,
        next: {
            en: 'Copy the id of the request into the reply as it is.',
            fr: "Copiez l'id de la requête dans la réponse, tel quel."
        }
    }
} satisfies Record<string, Diagnosis>;

/** What to do first after a status of 500 or more. */
const serverFailed = {
    next: {
        en: 'The server threw an error while it handled this request. Read what it printed, and mend this first.',
        fr: "Le serveur a levé une erreur en traitant cette requête. Lisez ce qu'il a affiché, et corrigez-la d'abord."
    }
};

/** What a status other than 200 for GET most probably means. */
export function diagnoseGet(status: number): Diagnosis {
    if (status >= 500) return { ...diagnoses.notAStream, ...serverFailed };
    return status === 404 || status === 405 ? diagnoses.noRoute : diagnoses.notAStream;
}

/** What a status other than 202 for POST most probably means. */
export function diagnosePost(status: number): Diagnosis {
    if (status >= 500) return { ...diagnoses.notAccepted, ...serverFailed };
    return status === 404 || status === 405 ? diagnoses.endpointNotServed : diagnoses.notAccepted;
}
