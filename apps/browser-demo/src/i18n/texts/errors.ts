export const error = {
    noStream: [
        'no event stream at {stream}; check the address, and that the server runs and lets you in',
        'pas de flux à {stream} ; vérifiez l’adresse, et que le serveur tourne et vous laisse entrer'
    ],
    unreachableElsewhere: [
        'no answer for this page; check the address, and that the server runs and allows {origin} (CORS)',
        'pas de réponse pour cette page ; vérifiez l’adresse, et que le serveur tourne et admet {origin} (CORS)'
    ],
    mixed: [
        'kept back by the browser: a page that came by https reaches only this machine by http',
        'retenu par le navigateur : une page venue en https n’atteint en http que cette machine'
    ],
    unauthenticatedElsewhere: [
        'the server wants a credential, and this page sends none to other servers',
        'le serveur veut une authentification, et cette page n’en envoie pas aux autres serveurs'
    ],
    tooManyStreams: [
        'the browser opens {max} connections to a server, and each stream keeps one: disconnect another session first',
        'le navigateur n’ouvre que {max} connexions à un serveur, et chaque flux en garde une : déconnectez d’abord une autre session'
    ],
    noEndpoint: [
        'the stream is open, but named no endpoint within {seconds} s: it is none of MCP over HTTP+SSE',
        'le flux est ouvert, mais n’a pas nommé d’endpoint en {seconds} s : ce n’est pas MCP sur HTTP+SSE'
    ],
    badEndpoint: [
        'refused the endpoint {endpoint}: it must be at {origin}',
        'adresse d’envoi {endpoint} refusée : elle doit être sur {origin}'
    ],
    sessionReplaced: [
        'the server knew the session no more, and a new one begins; call again',
        'le serveur ne connaissait plus la session, et une autre commence ; appelez à nouveau'
    ],
    closed: [
        'the session is not open; press Connect and call again',
        'la session n’est pas ouverte ; appuyez sur Connecter et appelez à nouveau'
    ],
    unauthenticated: [
        'the server does not know this browser; sign in and call again',
        'le serveur ne connaît pas ce navigateur ; identifiez-vous et appelez à nouveau'
    ],
    timeLimit: [
        '{method} got no reply within {seconds} s; try again',
        '{method} n’a pas eu de réponse en {seconds} s ; réessayez'
    ],
    rpc: ['the server replied with error {code}: {message}', 'le serveur a répondu par l’erreur {code} : {message}'],
    cancelled: [
        'cancelled here, and the server told so by `notifications/cancelled`',
        'annulé ici, et le serveur averti par `notifications/cancelled`'
    ],
    badReply: ['the reply to {method} must hold {member}', 'la réponse à {method} doit contenir {member}'],
    endlessList: [
        '{method} had no end; the list was given up',
        '{method} n’avait pas de fin ; la liste a été abandonnée'
    ],
    wrongToken: ['the server does not know this token', 'le serveur ne connaît pas ce jeton'],
    tooManyTries: ['too many tries; try again later', 'trop d’essais ; réessayez plus tard'],
    tooManyTriesFor: ['too many tries; try again in {seconds} s', 'trop d’essais ; réessayez dans {seconds} s'],
    refused: ['the server answered {status}', 'le serveur a répondu {status}'],
    unreachable: [
        'the server cannot be reached; see that it runs',
        'le serveur ne peut pas être atteint ; vérifiez qu’il tourne'
    ]
} as const;
