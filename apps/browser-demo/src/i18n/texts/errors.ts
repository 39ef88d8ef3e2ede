export const error = {
    noStream: [
        'no event stream at {stream}; check the address, that the server is running, and that it allows this client',
        'pas de flux d’événements à {stream} ; vérifiez que l’adresse est juste, que le serveur est lancé et qu’il autorise ce client'
    ],
    unreachableElsewhere: [
        'no answer that this page can read; check the address, that the server is running, and that it allows {origin} by CORS',
        'aucune réponse que cette page puisse lire ; vérifiez que l’adresse est juste, que le serveur est lancé et qu’il autorise {origin} (CORS)'
    ],
    mixed: [
        'blocked by the browser: from a page loaded over https, http works only for servers on this machine; use https',
        'bloqué par le navigateur : depuis une page chargée en https, http ne fonctionne que pour les serveurs de cette machine ; utilisez https'
    ],
    unauthenticatedElsewhere: [
        'the server requires a credential, and this page sends none to other servers',
        'le serveur exige une authentification, et cette page n’en envoie pas aux autres serveurs'
    ],
    tooManyStreams: [
        'the browser opens at most {max} connections to a server, and each stream keeps one; disconnect another session first',
        'le navigateur ouvre au plus {max} connexions vers un serveur, et chaque flux en garde une ; déconnectez d’abord une autre session'
    ],
    noEndpoint: [
        'the stream is open, but sent no endpoint within {seconds} s; check that the address is an MCP server over HTTP+SSE',
        'le flux est ouvert, mais n’a pas envoyé de point de terminaison en {seconds} s ; vérifiez que l’adresse est celle d’un serveur MCP en HTTP+SSE'
    ],
    badEndpoint: [
        'the endpoint {endpoint} is not accepted: it must be at {origin}',
        'le point de terminaison {endpoint} n’est pas accepté : il doit être sur {origin}'
    ],
    looksStreamable: [
        'no event stream of HTTP+SSE at {stream}, which looks like the address of Streamable HTTP; open it over Streamable HTTP',
        'pas de flux HTTP+SSE à {stream}, qui semble être une adresse Streamable HTTP ; ouvrez-la en Streamable HTTP'
    ],
    noStreamable: [
        'no Streamable HTTP at {endpoint}; if the server speaks only HTTP+SSE, enter the address of its stream, often /sse',
        'pas de Streamable HTTP à {endpoint} ; si le serveur ne parle que HTTP+SSE, saisissez l’adresse de son flux, souvent /sse'
    ],
    notMcp: [
        'the answer to the POST to {path} is neither JSON nor an event stream ({type}); check that it is the address of an MCP server',
        'la réponse au POST vers {path} n’est ni du JSON ni un flux d’événements ({type}) ; vérifiez que c’est l’adresse d’un serveur MCP'
    ],
    hiddenSession: [
        'the server answered {status}; if it uses sessions, it must expose Mcp-Session-Id by CORS (Access-Control-Expose-Headers), so that this page can read it',
        'le serveur a répondu {status} ; s’il utilise des sessions, il doit exposer Mcp-Session-Id (CORS, Access-Control-Expose-Headers) pour que cette page puisse le lire'
    ],
    replyLost: [
        'the response ended without the reply, and cannot be resumed; call again',
        'la réponse s’est terminée sans le résultat et ne peut pas être reprise ; appelez à nouveau'
    ],
    unknownVersion: [
        'the server chose the protocol version {version}, which this page does not know; it knows {known}',
        'le serveur a choisi la version {version} du protocole, que cette page ne connaît pas ; elle connaît {known}'
    ],
    sessionReplaced: [
        'the server no longer knows the session, and a new one has started; call again',
        'le serveur ne connaît plus la session, et une nouvelle a commencé ; appelez à nouveau'
    ],
    closed: [
        'the session is not open; press Connect and call again',
        'la session n’est pas ouverte ; appuyez sur Connecter et appelez à nouveau'
    ],
    unauthenticated: [
        'this browser is not signed in; sign in and call again',
        'ce navigateur n’est pas identifié ; identifiez-vous et appelez à nouveau'
    ],
    timeLimit: [
        '{method} got no reply within {seconds} s; try again',
        '{method} n’a pas eu de réponse en {seconds} s ; réessayez'
    ],
    rpc: ['the server replied with error {code}: {message}', 'le serveur a répondu par l’erreur {code} : {message}'],
    cancelled: [
        'cancelled by you; the server is notified by `notifications/cancelled`',
        'annulé à votre demande ; le serveur en est averti par `notifications/cancelled`'
    ],
    idInUse: [
        'request {id} still waits for its reply; choose another id',
        'la requête {id} attend encore sa réponse ; choisissez un autre identifiant'
    ],
    badReply: ['the reply to {method} must have {member}', 'la réponse à {method} doit contenir {member}'],
    endlessList: [
        '{method} returned too many pages or items; the list is not shown',
        '{method} a renvoyé trop de pages ou d’éléments ; la liste n’est pas affichée'
    ],
    wrongToken: ['the token is not valid', 'le jeton n’est pas valide'],
    tooManyTries: ['too many attempts; try again later', 'trop de tentatives ; réessayez plus tard'],
    tooManyTriesFor: ['too many attempts; try again in {seconds} s', 'trop de tentatives ; réessayez dans {seconds} s'],
    refused: ['the server answered {status}', 'le serveur a répondu {status}'],
    unreachable: [
        'the server cannot be reached; check that it is running',
        'le serveur est injoignable ; vérifiez qu’il est lancé'
    ]
} as const;
