export const faults = {
    intro: ['What goes wrong in the field, to be tried here.', 'Ce qui tourne mal sur le terrain, à essayer ici.'],
    other: [
        'This session is with {origin}: faults are for this page’s own server.',
        'Cette session est avec {origin} : les pannes sont pour le serveur de cette page.'
    ],
    unconnected: ['Connect this session first.', 'Connectez d’abord cette session.'],
    off: [
        'Some need the server’s help: start it on this machine with `TEACHING_FAULTS=true npm start`.',
        'Certaines demandent l’aide du serveur : lancez-le sur cette machine par `TEACHING_FAULTS=true npm start`.'
    ],
    needs: ['needs `TEACHING_FAULTS=true`', 'demande `TEACHING_FAULTS=true`'],
    seconds: ['Seconds', 'Secondes'],
    watching: ['Watching the wire…', 'Les échanges sont observés…'],
    reopened: ['stream open again, with `Last-Event-ID: {id}`', 'flux rouvert, avec `Last-Event-ID: {id}`'],
    answered: ['the POST is answered `{status}`', 'le POST reçoit `{status}`']
} as const;

export const fault = {
    drop: {
        title: ['Drop the stream', 'Rompre le flux'],
        plan: [
            'The server breaks the stream off, as a proxy or a sleeping laptop would.',
            'Le serveur rompt le flux, comme un proxy ou un portable en veille.'
        ],
        button: ['Drop', 'Rompre'],
        lesson: [
            'After the two seconds of the server’s `retry` the browser opened the stream again, with the id of the last event. What was sent meanwhile is kept for 60 s (`RESUME_WINDOW_MS`). If the endpoint is the same, a good client needs no second handshake, and calls keep waiting.',
            'Après les deux secondes du `retry` du serveur, le navigateur a rouvert le flux, avec l’identifiant du dernier événement. Ce qui est envoyé entre-temps est gardé 60 s (`RESUME_WINDOW_MS`). Si l’adresse d’envoi est la même, un bon client se passe de seconde poignée de main, et les appels attendent encore.'
        ]
    },
    outage: {
        title: ['Lose the network', 'Perdre le réseau'],
        plan: [
            'For some seconds nothing of this session gets through, not even a ping.',
            'Pendant quelques secondes, rien de cette session ne passe, pas même un ping.'
        ],
        button: ['Lose it', 'Perdre'],
        lesson: [
            'EventSource tries until the stream is back. Without an answer, a client cannot know whether its POST arrived. A good client sends it again with `Idempotency-Key`, as the page did once: this server then runs it only once.',
            'EventSource réessaie jusqu’au retour du flux. Sans réponse, un client ne peut savoir si son POST est arrivé. Un bon client le renvoie avec `Idempotency-Key`, comme la page l’a fait une fois : ce serveur ne l’exécute alors qu’une fois.'
        ]
    },
    stall: {
        title: ['Slow reader', 'Lecteur lent'],
        plan: [
            'For some seconds the server holds this stream back, as if nobody read it; then all comes at once.',
            'Pendant quelques secondes, le serveur retient ce flux, comme si personne ne le lisait ; puis tout vient d’un coup.'
        ],
        calls: ['send {count} calls meanwhile', 'envoyer {count} appels entre-temps'],
        button: ['Stall', 'Retenir'],
        waiting: ['The stream is silent…', 'Le flux se tait…'],
        lesson: [
            '`202` only says that a message was accepted; its reply comes on the stream, however late. Past `MAX_BUFFERED_BYTES` (1 MiB unless set) the server drops the stream, and the reader resumes it. A good client reads at once, and gives each call a time limit.',
            '`202` dit seulement qu’un message est accepté ; sa réponse vient par le flux, si tard que ce soit. Au-delà de `MAX_BUFFERED_BYTES` (1 Mio sauf réglage), le serveur coupe le flux au lecteur, qui reprend comme après une rupture. Un bon client lit aussitôt, et donne à chaque appel une limite de temps.'
        ]
    },
    wrongToken: {
        title: ['Wrong token', 'Mauvais jeton'],
        plan: [
            'A ping is sent with `Authorization: Bearer wrong`, which outweighs the page’s cookie.',
            'Un ping est envoyé avec `Authorization: Bearer wrong`, qui l’emporte sur le cookie de la page.'
        ],
        button: ['Send with a wrong token', 'Envoyer avec un mauvais jeton'],
        lesson: [
            '`401`: the server knows no such token; `WWW-Authenticate` names what it requires. The session never saw the request. A good client gets another token before it tries again.',
            '`401` : personne n’a été reconnu ; `WWW-Authenticate` dit à quoi on le serait. La session n’a jamais vu la requête. Un bon client se procure un autre jeton avant de réessayer.'
        ],
        lessonOpen: [
            'Accepted: this server wants no token. To see `401`, start it with `MCP_AUTH_TOKEN=secret npm start`.',
            'Accepté : ce serveur ne demande pas de jeton. Pour voir `401`, lancez-le par `MCP_AUTH_TOKEN=secret npm start`.'
        ]
    },
    unknownSession: {
        title: ['Unknown session', 'Session inconnue'],
        plan: [
            'A ping is sent to a session that never was; or the server forgets this one, as after a restart.',
            'Un ping est envoyé à une session inventée ; ou le serveur oublie celle-ci, comme après un redémarrage.'
        ],
        button: ['Ask for one that never was', 'Viser une session inventée'],
        lesson: [
            '`404` with the error `-32001`, whether a session never was, has ended or is somebody else’s: guessing teaches nothing. A good client begins a new session.',
            '`404` avec l’erreur `-32001`, que la session soit inventée, finie ou à quelqu’un d’autre : deviner n’apprend rien. Un bon client ouvre une nouvelle session.'
        ]
    },
    forget: {
        button: ['Forget this session', 'Oublier cette session'],
        lesson: [
            'The server no longer knew what the browser wanted to resume: it opened a new session, with another endpoint. A good client gives up the calls that wait, as no reply will come, and shakes hands again. This page just did.',
            'Le serveur ne savait plus ce que le navigateur voulait reprendre : il a ouvert une nouvelle session, avec une autre adresse d’envoi. Un bon client abandonne les appels en attente, qui n’auront pas de réponse, et refait la poignée de main. Cette page vient de le faire.'
        ]
    },
    connectionLimit: {
        title: ['Two tabs too many', 'Deux onglets de trop'],
        plan: [
            'Over HTTP/1.1 a browser opens six connections to a host; each EventSource keeps one. The page takes all six, then sends a ping.',
            'En HTTP/1.1, un navigateur ouvre six connexions vers un hôte ; chaque EventSource en garde une. La page prend les six, puis envoie un ping.'
        ],
        button: ['Take all connections', 'Prendre toutes les connexions'],
        opening: ['Opening streams…', 'Ouverture des flux…'],
        waiting: [
            'The ping waits in the browser for a connection: close a stream, and it goes.',
            'Le ping attend une connexion dans le navigateur : fermez un flux, et il part.'
        ],
        closeOne: ['Close one stream', 'Fermer un flux'],
        closeAll: ['Close all', 'Tout fermer'],
        count: ['open: {count}', 'ouverts : {count}'],
        lesson: [
            'The server never saw the POST, and the browser reports no error: six such tabs, and all stand still. HTTP/2 helps, where a hundred streams share one connection, and Streamable HTTP, which needs no lasting stream.',
            'Le serveur n’a jamais vu le POST, et le navigateur ne signale aucune erreur : six onglets ainsi, et tous s’arrêtent. HTTP/2 y remédie, où cent flux partagent une connexion, et Streamable HTTP, qui se passe de flux durable.'
        ],
        lessonOpen: [
            'The ping went through: over `{protocol}` requests share a connection, or the limit is another. Over `http/1.1` it would have waited.',
            'Le ping est passé : en `{protocol}`, les requêtes partagent une connexion, ou la limite est autre. En `http/1.1`, il aurait attendu.'
        ]
    }
} as const;
