export const faults = {
    intro: [
        'Faults that happen in practice. Try them here.',
        'Des pannes que l’on rencontre en pratique. Essayez-les ici.'
    ],
    other: [
        'This session is connected to {origin}. Faults only work with the server of this page.',
        'Cette session est connectée à {origin}. Les pannes ne fonctionnent qu’avec le serveur de cette page.'
    ],
    unconnected: ['Connect this session first.', 'Connectez d’abord cette session.'],
    off: [
        'The server must inject some of these faults. Start it on this machine with `TEACHING_FAULTS=true npm start`.',
        'Le serveur doit provoquer certaines de ces pannes. Lancez-le sur cette machine avec `TEACHING_FAULTS=true npm start`.'
    ],
    needs: ['requires `TEACHING_FAULTS=true`', 'nécessite `TEACHING_FAULTS=true`'],
    seconds: ['Seconds', 'Secondes'],
    watching: ['Waiting for the result…', 'En attente du résultat…'],
    reopened: ['stream open again, with `Last-Event-ID: {id}`', 'flux rouvert, avec `Last-Event-ID: {id}`'],
    repliedHere: ['reply in the response to the POST', 'résultat dans la réponse au POST'],
    declined: ['the GET is answered `{status}`', 'le GET reçoit la réponse `{status}`'],
    answered: ['the POST is answered `{status}`', 'le POST reçoit la réponse `{status}`']
} as const;

export const fault = {
    drop: {
        title: ['Drop the stream', 'Couper le flux'],
        plan: [
            'The server ends the stream, like a proxy that times out or a laptop that goes to sleep.',
            'Le serveur coupe le flux, comme un proxy dont le délai expire ou un portable qui se met en veille.'
        ],
        button: ['Drop', 'Couper'],
        lesson: [
            'The browser waited for the 2 seconds that the server had sent as `retry`. Then it opened the stream again with the id of the last event. The server keeps what it sends in the meantime for 60 s (`RESUME_WINDOW_MS`). If the endpoint is the same, a good client needs no new handshake, and its calls keep waiting for their replies.',
            'Le navigateur a attendu les 2 secondes que le serveur avait envoyées dans `retry`. Puis il a rouvert le flux avec l’identifiant du dernier événement. Le serveur garde pendant 60 s ce qu’il envoie entre-temps (`RESUME_WINDOW_MS`). Si le point de terminaison est le même, un bon client n’a pas besoin d’une nouvelle initialisation, et ses appels continuent d’attendre leurs réponses.'
        ],
        lessonStreamable: [
            'Each stream broke: that of GET, and the response to each call that was waiting. The page waited for the `retry` of each stream and sent `GET` with the id of its last event. The session was never in danger, since its id is in the header `Mcp-Session-Id` of every request.',
            'Chaque flux a été coupé : celui de GET, et la réponse à chaque appel en attente. La page a attendu le délai `retry` de chaque flux, puis envoyé `GET` avec l’identifiant de son dernier événement. La session n’était pas en danger : son identifiant est dans l’en-tête `Mcp-Session-Id` de chaque requête.'
        ]
    },
    outage: {
        title: ['Lose the network', 'Perdre le réseau'],
        plan: [
            'For some seconds, every request of this session fails, even a ping.',
            'Pendant quelques secondes, toutes les requêtes de cette session échouent, même un ping.'
        ],
        button: ['Cut the network', 'Couper le réseau'],
        lesson: [
            '`EventSource` retries until the stream is open again. Without an answer, a client cannot know whether its POST arrived. A good client sends it again with `Idempotency-Key`, as this page did once, and this server then runs the request only once.',
            '`EventSource` réessaie jusqu’à ce que le flux soit rouvert. Sans réponse, un client ne peut pas savoir si son POST est arrivé. Un bon client le renvoie avec `Idempotency-Key`, comme cette page l’a fait une fois, et ce serveur n’exécute alors la requête qu’une seule fois.'
        ],
        lessonStreamable: [
            'The page repeats the `GET` of its stream until there is an answer. Without an answer, a client cannot know whether its POST arrived. A good client sends it again with `Idempotency-Key`, as this page did once, and this server then runs the request only once.',
            'La page répète le `GET` de son flux jusqu’à obtenir une réponse. Sans réponse, un client ne peut pas savoir si son POST est arrivé. Un bon client le renvoie avec `Idempotency-Key`, comme cette page l’a fait une fois, et ce serveur n’exécute alors la requête qu’une seule fois.'
        ]
    },
    stall: {
        title: ['Slow reader', 'Lecteur lent'],
        plan: [
            'For some seconds, the server holds this stream back, as if the client did not read it. Then everything arrives at once.',
            'Pendant quelques secondes, le serveur retient ce flux, comme si le client ne le lisait pas. Puis tout arrive d’un coup.'
        ],
        calls: ['send {count} calls in the meantime', 'envoyer {count} appels pendant ce temps'],
        button: ['Stall', 'Retenir'],
        waiting: ['Nothing arrives on the stream…', 'Rien n’arrive par le flux…'],
        lesson: [
            '`202` only means that the server accepted the message. The reply arrives later, on the stream. If more than `MAX_BUFFERED_BYTES` (default: 1 MiB) wait for the client, the server drops the stream, and the client resumes it. A good client reads at once and sets a time limit for each call.',
            '`202` signifie seulement que le serveur a accepté le message. La réponse arrive plus tard, par le flux. Si plus de `MAX_BUFFERED_BYTES` (1 Mio par défaut) restent en attente, le serveur coupe le flux, et le client le reprend. Un bon client lit aussitôt et fixe un délai maximal à chaque appel.'
        ],
        cannot: [
            'Not over Streamable HTTP: each reply comes in the response to its own POST, so no stream can hold up the others.',
            'Pas en Streamable HTTP : chaque résultat arrive dans la réponse à son propre POST, donc aucun flux ne retient les autres.'
        ]
    },
    wrongToken: {
        title: ['Wrong token', 'Mauvais jeton'],
        plan: [
            'The page sends a ping with `Authorization: Bearer wrong`. This header takes precedence over the cookie of the page.',
            'La page envoie un ping avec `Authorization: Bearer wrong`. Cet en-tête l’emporte sur le cookie de la page.'
        ],
        button: ['Send a wrong token', 'Envoyer un mauvais jeton'],
        lesson: [
            '`401` means that the token is not valid. `WWW-Authenticate` says what the server requires. The session did not receive the request. A good client gets another token before it tries again.',
            '`401` signifie que le jeton n’est pas valide. `WWW-Authenticate` dit ce que le serveur exige. La session n’a pas reçu la requête. Un bon client obtient un autre jeton avant de réessayer.'
        ],
        lessonOpen: [
            'Accepted: this server requires no token. To see `401`, start it with `MCP_AUTH_TOKEN=secret npm start`.',
            'Accepté : ce serveur n’exige pas de jeton. Pour voir `401`, lancez-le avec `MCP_AUTH_TOKEN=secret npm start`.'
        ]
    },
    unknownSession: {
        title: ['Unknown session', 'Session inconnue'],
        plan: [
            'The page sends a ping to a session that does not exist; or the server forgets this session, as it does when it restarts.',
            'La page envoie un ping à une session qui n’existe pas ; ou le serveur oublie cette session, comme lors d’un redémarrage.'
        ],
        button: ['Send to an unknown session', 'Envoyer à une session inconnue'],
        lesson: [
            'The answer is `404` with the error `-32001`. It is the same for a session that never existed, has ended or belongs to another client, so an attacker learns nothing from it. A good client starts a new session.',
            'La réponse est `404` avec l’erreur `-32001`. Elle est la même pour une session qui n’a jamais existé, qui est terminée ou qui appartient à un autre client : un attaquant n’en apprend rien. Un bon client ouvre une nouvelle session.'
        ]
    },
    forget: {
        button: ['Forget this session', 'Oublier cette session'],
        lesson: [
            'The server did not know the session that the browser tried to resume. It opened a new one with another endpoint. No reply will arrive for the calls that are still waiting, so a good client ends them and does the handshake again. This page just did.',
            'Le serveur ne connaissait pas la session que le navigateur voulait reprendre. Il en a ouvert une nouvelle avec un autre point de terminaison. Aucune réponse n’arrivera pour les appels en attente : un bon client les abandonne et refait l’initialisation. Cette page vient de le faire.'
        ],
        lessonStreamable: [
            'The stream of GET ended, and the server answered `404` to the request for the rest: it does not know the session. A client then sends `initialize` without `Mcp-Session-Id`, and gets a new session. This page just did.',
            'Le flux de GET s’est terminé, et le serveur a répondu `404` à la demande de la suite : il ne connaît pas la session. Un client envoie alors `initialize` sans `Mcp-Session-Id` et obtient une nouvelle session. Cette page vient de le faire.'
        ]
    },
    connectionLimit: {
        title: ['Too many tabs', 'Trop d’onglets'],
        plan: [
            'Over HTTP/1.1, a browser opens at most six connections to a host, and each `EventSource` keeps one. The page takes all six and then sends a ping.',
            'En HTTP/1.1, un navigateur ouvre au plus six connexions vers un hôte, et chaque `EventSource` en garde une. La page prend les six, puis envoie un ping.'
        ],
        button: ['Take all connections', 'Prendre toutes les connexions'],
        opening: ['Opening streams…', 'Ouverture des flux…'],
        waiting: [
            'The ping waits in the browser for a free connection. Close a stream to send it.',
            'Le ping attend une connexion libre dans le navigateur. Fermez un flux pour l’envoyer.'
        ],
        closeOne: ['Close one stream', 'Fermer un flux'],
        closeAll: ['Close all', 'Tout fermer'],
        count: ['open streams: {count}', 'flux ouverts : {count}'],
        lesson: [
            'The server did not receive the POST, and the browser reported no error. With six such tabs, all of them stop working. HTTP/2 solves this: a hundred streams share one connection. So does Streamable HTTP: it needs no permanent stream.',
            'Le serveur n’a pas reçu le POST, et le navigateur n’a signalé aucune erreur. Avec six onglets de ce genre, tous cessent de fonctionner. HTTP/2 résout ce problème : cent flux partagent une connexion. Streamable HTTP aussi : il n’a pas besoin d’un flux permanent.'
        ],
        lessonOpen: [
            'The ping was answered: over `{protocol}`, requests share a connection, or the limit is higher. Over `http/1.1`, it would have waited.',
            'Le ping a reçu sa réponse : en `{protocol}`, les requêtes partagent une connexion, ou la limite est plus haute. En `http/1.1`, il aurait attendu.'
        ]
    }
} as const;
