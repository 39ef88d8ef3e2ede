// All that the page says, in English and in French. What stands in braces is filled in, what stands in backticks is code.

export const page = {
    title: ['MCP calculator: tools and wire', 'Calculatrice MCP : outils et échanges'],
    heading: ['MCP calculator', 'Calculatrice MCP'],
    intro: [
        'The Model Context Protocol with `EventSource` and `fetch` alone: a request goes out as a POST, its reply comes back on the stream.',
        'Le Model Context Protocol avec `EventSource` et `fetch` seulement : une requête part par un POST, sa réponse revient par le flux.'
    ],
    language: ['Français', 'English'],
    light: ['Light', 'Clair'],
    dark: ['Dark', 'Sombre'],
    capabilities: ['What this session can do', 'Ce que permet cette session'],
    signOut: ['Sign out', 'Quitter la session'],
    more: ['Show more', 'Afficher plus'],
    less: ['Show less', 'Afficher moins'],
    panelHeading: ['{what} of session {session}', '{what} de la session {session}']
} as const;

export const status = {
    connecting: ['connecting', 'connexion'],
    open: ['open', 'ouverte'],
    dropped: ['dropped', 'coupée'],
    resumed: ['resumed', 'reprise'],
    closed: ['closed', 'fermée']
} as const;

export const sessions = {
    label: ['Sessions', 'Sessions'],
    session: ['Session {key}', 'Session {key}'],
    id: ['The first characters of the session id', 'Les premiers caractères de l’identifiant de session'],
    readByFetch: [
        'Read by fetch, which sees what EventSource hides',
        'Lu par fetch, qui voit ce que cache EventSource'
    ],
    oneDrop: ['1 drop', '1 coupure'],
    drops: ['{count} drops', '{count} coupures'],
    reconnectsIn: ['reconnects in {seconds} s', 'reconnexion dans {seconds} s'],
    reconnectsInAbout: ['reconnects in about {seconds} s', 'reconnexion dans {seconds} s environ'],
    reconnectsNow: ['reconnects now', 'reconnexion maintenant'],
    closedHere: ['disconnected by this page', 'déconnectée par cette page'],
    connect: ['Connect', 'Connecter'],
    disconnect: ['Disconnect', 'Déconnecter'],
    remove: ['Remove', 'Retirer'],
    none: ['There is no session: add one.', 'Il n’y a pas de session : ajoutez-en une.'],
    noneChosen: ['Add a session to see what it can do.', 'Ajoutez une session pour voir ce qu’elle permet.'],
    add: ['Add session', 'Nouvelle session'],
    another: ['Another server…', 'Autre serveur…'],
    address: ['Address of the stream', 'Adresse du flux'],
    openNative: ['Open with `EventSource`', 'Ouvrir avec `EventSource`'],
    openRaw: ['Open with `fetch`', 'Ouvrir avec `fetch`'],
    help: [
        '`fetch` shows what `EventSource` hides: heartbeats, `retry:`, the exact text. A server elsewhere must allow {origin} (CORS).',
        '`fetch` montre ce que cache `EventSource` : battements, `retry:`, texte exact. Un serveur situé ailleurs doit admettre {origin} (CORS).'
    ],
    addressMissing: [
        'Enter an address, such as http://127.0.0.1:3001/sse',
        'Saisissez une adresse, telle que http://127.0.0.1:3001/sse'
    ],
    addressNotHttp: [
        'Enter an address that begins with http:// or https://',
        'Saisissez une adresse qui commence par http:// ou https://'
    ],
    addressHoldsPassword: [
        'Leave out user name and password: this page sends none to other servers',
        'Omettez le nom et le mot de passe : cette page n’en envoie pas aux autres serveurs'
    ],
    unnamedServer: ['a server without a name', 'un serveur sans nom'],
    named: ['session {key}', 'la session {key}']
} as const;

export const signIn = {
    heading: ['Sign in', 'S’identifier'],
    description: [
        'This server asks for a token of its `MCP_AUTH_TOKEN`.',
        'Ce serveur demande un jeton de son `MCP_AUTH_TOKEN`.'
    ],
    token: ['Token', 'Jeton'],
    missing: ['Enter the token', 'Saisissez le jeton'],
    failed: ['Not signed in: {reason}', 'Identification refusée : {reason}'],
    forgotten: [
        'You are signed out: the sign-in ran out or was ended, or the server was restarted.',
        'Vous n’êtes plus identifié : l’identification a expiré ou pris fin, ou le serveur a redémarré.'
    ],
    noCookie: [
        'The browser did not keep the sign-in: allow cookies here, and sign in again.',
        'Le navigateur n’a pas gardé l’identification : autorisez ici les cookies, et recommencez.'
    ]
} as const;

export const heading = {
    tools: ['Tools', 'Outils'],
    resources: ['Resources', 'Ressources'],
    prompts: ['Prompts', 'Invites'],
    trouble: ['Faults', 'Pannes']
} as const;

export const tools = {
    call: ['Call', 'Appeler'],
    result: ['Result of {name}', 'Résultat de {name}'],
    waiting: ['Waiting for the reply on the stream…', 'En attente de la réponse sur le flux…'],
    noArguments: ['Takes no arguments.', 'Ne prend aucun argument.']
} as const;

export const field = {
    required: ['required', 'obligatoire'],
    optional: ['optional', 'facultatif'],
    leftOut: ['left out', 'omis'],
    default: ['default: {value}', 'par défaut : {value}'],
    emptyIsNull: ['empty: null', 'vide : null'],
    noSuggestions: ['No suggestions: {reason}', 'Pas de suggestions : {reason}']
} as const;

export const list = {
    none: ['The list appears once the server has given it.', 'La liste apparaît dès que le serveur l’a donnée.'],
    unsupported: [
        'This server has no {capability}: `capabilities` in its reply to `initialize` has none.',
        'Ce serveur n’en a pas : les `capabilities` de sa réponse à `initialize` n’ont pas de {capability}.'
    ],
    listed: ['The server lists none.', 'Le serveur n’en énumère aucun.'],
    failed: ['Not listed: {reason}', 'Liste non obtenue : {reason}']
} as const;

export const call = {
    cancel: ['Cancel', 'Annuler'],
    raw: ['Raw', 'Brut'],
    done: ['Result', 'Résultat'],
    progress: ['Progress', 'Avancement'],
    step: ['{progress} of {total}', '{progress} sur {total}']
} as const;

export const failure = {
    tool: ['Tool error', 'Erreur de l’outil'],
    rpc: ['JSON-RPC error {code}', 'Erreur JSON-RPC {code}'],
    http: ['HTTP {status}', 'HTTP {status}'],
    cancelled: ['Cancelled', 'Annulé'],
    other: ['No result', 'Pas de résultat']
} as const;

export const why = {
    tool: [
        'The call went well, the tool did not: `isError` is true.',
        'L’appel a abouti, l’outil a échoué : `isError` vaut true.'
    ],
    rpc: ['The reply is an `error` in place of a `result`.', 'La réponse est un `error` au lieu d’un `result`.'],
    http: [
        'The POST was refused: no reply will come on the stream.',
        'Le POST a été refusé : aucune réponse ne viendra par le flux.'
    ]
} as const;

export const content = {
    blob: [
        'Binary data ({type}, {count} bytes), which this page does not show',
        'Données binaires ({type}, {count} octets), que cette page n’affiche pas'
    ],
    noType: ['no MIME type', 'sans type MIME'],
    link: ['Link to the resource', 'Lien vers la ressource'],
    resource: ['The resource itself', 'La ressource elle-même'],
    nothing: ['The result has no content.', 'Le résultat n’a pas de contenu.'],
    empty: ['empty', 'vide']
} as const;

export const resources = {
    read: ['Read', 'Lire'],
    result: ['Contents of {name}', 'Contenu de {name}'],
    templates: ['Templates', 'Modèles']
} as const;

export const subscription = {
    start: ['Subscribe', 'S’abonner'],
    stop: ['Unsubscribe', 'Se désabonner'],
    label: ['Subscription to {name}', 'Abonnement à {name}'],
    renewed: [
        'A new session began, without it: subscribed again.',
        'Une nouvelle session a commencé, sans lui : il a été redemandé.'
    ],
    failed: ['Not subscribed: {reason}', 'Pas d’abonnement : {reason}'],
    updates: ['Updates: {count}', 'Mises à jour : {count}']
} as const;

export const subscribed = {
    asking: ['Asking for the subscription…', 'Demande d’abonnement…'],
    on: ['Subscribed', 'Abonné'],
    away: ['The stream is away; the subscription goes on.', 'Le flux est absent ; l’abonnement continue.']
} as const;

export const prompts = {
    get: ['Get', 'Obtenir'],
    result: ['Messages of {name}', 'Messages de {name}']
} as const;

export const latency = {
    heading: ['Latency', 'Latence'],
    empty: [
        'Each call becomes a dot here once it has its reply.',
        'Chaque appel devient ici un point dès qu’il a sa réponse.'
    ],
    summary: [
        'Last {count} calls: median {median}, 95th percentile {p95}; the last took {last}',
        '{count} derniers appels : médiane {median}, 95e centile {p95} ; le dernier a pris {last}'
    ],
    one: ['One call: it took {last}', 'Un appel : il a pris {last}'],
    table: ['As a table', 'En tableau'],
    session: ['Session', 'Session'],
    method: ['Method', 'Méthode'],
    time: ['Time', 'Durée'],
    outcome: ['Outcome', 'Issue'],
    result: ['result', 'résultat'],
    error: ['error', 'erreur']
} as const;

export const latencyLine = {
    median: ['median', 'médiane'],
    p95: ['95%', '95 %']
} as const;

export const trouble = {
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

export const entry = {
    replied: ['the reply, on the stream', 'la réponse, par le flux'],
    unanswered: ['no answer', 'sans réponse'],
    opened: ['stream open', 'flux ouvert'],
    dropped: ['stream dropped', 'flux rompu'],
    resumed: ['session resumed', 'session reprise'],
    replaced: ['another session: the old one is gone', 'autre session : l’ancienne n’existe plus']
} as const;

export const faults = {
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
    token: {
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
    unknown: {
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
    crowd: {
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

export const wire = {
    heading: ['Wire log', 'Journal des échanges'],
    list: ['Wire', 'Échanges'],
    clear: ['Clear', 'Effacer'],
    empty: ['Nothing yet.', 'Rien pour l’instant.'],
    showAll: ['Show all {count} characters', 'Afficher les {count} caractères']
} as const;

export const closed = {
    asked: ['stream closed here', 'flux fermé ici'],
    refused: ['stream refused', 'flux refusé'],
    'bad-endpoint': ['endpoint refused here', 'adresse d’envoi refusée ici'],
    failed: ['session failed, stream closed here', 'échec de la session, flux fermé ici']
} as const;

export const kind = {
    'to-server': ['sent', 'envoyé'],
    'to-browser': ['received', 'reçu'],
    here: ['here', 'ici'],
    requests: ['requests', 'requêtes'],
    events: ['events', 'événements'],
    heartbeats: ['heartbeats', 'battements']
} as const;

export const frames = {
    point: ['Point this out in all views', 'Désigner ceci dans toutes les vues'],
    anew: [
        '`EventSource` tells events, not bytes: the frames of {sessions} are put together here, without comments and `retry:`.',
        '`EventSource` livre des événements, non des octets : les trames de {sessions} sont recomposées ici, sans commentaires ni `retry:`.'
    ],
    indent: ['Indent', 'Indenter'],
    indentJson: ['Indent JSON', 'Indenter le JSON'],
    curl: ['Copy as curl', 'Copier pour curl'],
    copied: ['Copied', 'Copié'],
    copyRefused: [
        'The browser does not let this page copy. Copy what is selected:',
        'Le navigateur refuse la copie. Copiez ce qui est sélectionné :'
    ],
    newest: ['Newest', 'Plus récent'],
    noMatch: ['Nothing matches the filter.', 'Rien ne correspond au filtre.']
} as const;

export const toolbar = {
    search: ['Search', 'Rechercher'],
    filter: ['Filter', 'Filtrer'],
    only: ['Show only', 'N’afficher que'],
    matches: ['{count} found', '{count} trouvés'],
    reset: ['Show all', 'Tout afficher'],
    pause: ['Pause', 'Suspendre'],
    goOn: ['Go on', 'Reprendre'],
    missed: ['{count} missed', '{count} manqués'],
    transcript: ['Transcript', 'Transcription'],
    download: ['Download what happened', 'Télécharger ce qui s’est passé'],
    keepIds: ['with whole session ids', 'avec les identifiants de session entiers'],
    keepIdsWhy: [
        'Else they are blanked: whoever has that of a live session can speak in it.',
        'Sinon, ils sont masqués : qui a celui d’une session en cours peut y parler.'
    ],
    open: ['Open a transcript…', 'Ouvrir une transcription…'],
    drop: ['Or drop the file on the wire log.', 'Ou déposez le fichier sur le journal.']
} as const;

export const replay = {
    heading: ['Replay of {name}.', 'Lecture de {name}.'],
    live: [
        'What is shown happened then; your own sessions go on.',
        'Ce qui est affiché s’est passé alors ; vos sessions continuent.'
    ],
    ended: ['It is over; your own sessions go on.', 'C’est la fin ; vos sessions continuent.'],
    play: ['Play', 'Lire'],
    again: ['Play again', 'Relire'],
    speed: ['Speed', 'Vitesse'],
    times: ['{speed} ×', '{speed} ×'],
    atOnce: ['at once', 'd’un coup'],
    end: ['Back to live', 'Revenir au direct'],
    refused: ['{name} cannot be replayed: {reason}', '{name} ne peut pas être rejoué : {reason}'],
    dismiss: ['Dismiss', 'Fermer']
} as const;

export const transcript = {
    notJson: ['a transcript is JSON, and this is not', 'une transcription est du JSON, et ceci n’en est pas'],
    misfit: ['{place} must be {expected}, got {got}', '{place} doit être {expected}, et non {got}'],
    order: ['{place} must not be before the fact in front of it', '{place} ne doit pas précéder le fait d’avant'],
    nothing: ['nothing', 'rien'],
    string: ['a string', 'une chaîne'],
    time: ['a time in milliseconds since 1970', 'un instant en millisecondes depuis 1970'],
    count: ['a whole number, 0 or more', 'un entier, 0 ou plus'],
    object: ['an object', 'un objet'],
    array: ['an array', 'un tableau'],
    oneOf: ['one of {values}', 'l’une de ces valeurs : {values}']
} as const;

export const diagram = {
    label: ['Sequence diagram', 'Diagramme de séquence'],
    browser: ['Browser', 'Navigateur'],
    server: ['Server', 'Serveur'],
    empty: [
        'Each request goes to the right; its reply comes back on the stream.',
        'Chaque requête part vers la droite ; sa réponse revient par le flux.'
    ],
    openedAgain: ['open again after {duration}', 'rouvert après {duration}'],
    resumedAfter: ['session resumed after {id}', 'session reprise après {id}'],
    replayed: ['replayed', 'renvoyé'],
    heartbeat: ['heartbeat', 'battement'],
    heartbeats: ['{count} heartbeats', '{count} battements'],
    sentence: ['{time}, {way}: {what}', '{time}, {way} : {what}'],
    sentenceOf: ['{time}, session {session}, {way}: {what}', '{time}, session {session}, {way} : {what}'],
    and: ['{said}, {part}', '{said}, {part}'],
    post: ['POST {what}', 'POST {what}'],
    request: ['request {id}', 'requête {id}'],
    took: ['after {duration}', 'après {duration}'],
    since: ['+{duration}', '+{duration}']
} as const;

export const direction = {
    'to-server': ['browser to server', 'du navigateur au serveur'],
    'to-browser': ['server to browser', 'du serveur au navigateur'],
    here: ['in the browser', 'dans le navigateur']
} as const;

export const duration = {
    ms: ['{ms} ms', '{ms} ms'],
    s: ['{whole}.{tenth} s', '{whole},{tenth} s'],
    min: ['{minutes} min {seconds} s', '{minutes} min {seconds} s']
} as const;

export const problem = {
    required: ['{field} is required', '{field} est obligatoire'],
    json: ['{field} must be JSON ({expected})', '{field} doit être du JSON ({expected})'],
    type: ['{field} must be of the type {expected}', '{field} doit être du type {expected}'],
    enum: ['{field} must be one of {expected}', '{field} doit être l’une de ces valeurs : {expected}'],
    limit: ['{field} must be {expected}', '{field} doit être {expected}'],
    length: ['{field} must have {expected} characters', '{field} doit avoir {expected} caractères'],
    items: ['{field} must have {expected} items', '{field} doit avoir {expected} éléments'],
    'unknown-member': [
        '{field} is not known here; known are {expected}',
        '{field} est inconnu ici ; sont connus : {expected}'
    ]
} as const;

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
