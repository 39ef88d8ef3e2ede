export const status = {
    connecting: ['connecting', 'connexion'],
    unreached: ['not reached yet', 'pas encore établie'],
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
        'Read with fetch, which also shows what EventSource hides',
        'Lu avec fetch, qui montre aussi ce qu’EventSource cache'
    ],
    oneDrop: ['1 drop', '1 coupure'],
    drops: ['{count} drops', '{count} coupures'],
    reconnectsIn: ['reconnects in {seconds} s', 'reconnexion dans {seconds} s'],
    reconnectsInAbout: ['reconnects in about {seconds} s', 'reconnexion dans {seconds} s environ'],
    reconnectsNow: ['reconnecting now', 'reconnexion en cours'],
    closedHere: ['closed by this page', 'fermée par cette page'],
    connect: ['Connect', 'Connecter'],
    disconnect: ['Disconnect', 'Déconnecter'],
    remove: ['Remove', 'Retirer'],
    none: ['There is no session. Add one.', 'Il n’y a pas de session. Ajoutez-en une.'],
    noneChosen: ['Add a session to see what it offers.', 'Ajoutez une session pour voir ce qu’elle propose.'],
    add: ['Add session', 'Ajouter une session'],
    another: ['Another server…', 'Autre serveur…'],
    transport: ['Transport', 'Transport'],
    sse: ['HTTP+SSE', 'HTTP+SSE'],
    streamable: ['Streamable HTTP', 'Streamable HTTP'],
    deprecated: ['deprecated', 'obsolète'],
    deprecatedWhy: [
        'MCP replaced HTTP+SSE by Streamable HTTP in 2025-03-26',
        'MCP a remplacé HTTP+SSE par Streamable HTTP en 2025-03-26'
    ],
    version: [
        'The protocol version that both sides agreed on',
        'La version du protocole dont les deux côtés ont convenu'
    ],
    openAs: ['Open as {transport}', 'Ouvrir en {transport}'],
    isStreamable: [
        'An address that ends in `/mcp` is usually one of Streamable HTTP.',
        'Une adresse qui se termine par `/mcp` est en général une adresse Streamable HTTP.'
    ],
    address: ['Address of the stream or of Streamable HTTP', 'Adresse du flux ou de Streamable HTTP'],
    openNative: ['Open with `EventSource`', 'Ouvrir avec `EventSource`'],
    openRaw: ['Open with `fetch`', 'Ouvrir avec `fetch`'],
    help: [
        '`fetch` shows what `EventSource` hides: heartbeats, `retry:`, the exact text. Another server must allow {origin} by CORS.',
        '`fetch` montre ce qu’`EventSource` cache : les signaux de présence, `retry:`, le texte exact. Un autre serveur doit autoriser {origin} (CORS).'
    ],
    addressMissing: [
        'Enter an address, for example http://127.0.0.1:3001/sse',
        'Saisissez une adresse, par exemple http://127.0.0.1:3001/sse'
    ],
    addressNotHttp: [
        'Enter an address that begins with http:// or https://',
        'Saisissez une adresse qui commence par http:// ou https://'
    ],
    addressHoldsPassword: [
        'Remove the user name and password: this page sends no credentials to other servers',
        'Retirez le nom d’utilisateur et le mot de passe : cette page n’envoie pas d’identifiants aux autres serveurs'
    ],
    unnamedServer: ['unnamed server', 'serveur sans nom'],
    named: ['session {key}', 'la session {key}']
} as const;

export const details = {
    open: ['Details', 'Détails'],
    button: ['Details of session {key}', 'Détails de la session {key}'],
    title: ['Handshake of session {key}', 'Initialisation de la session {key}'],
    version: ['Agreed version of the protocol:', 'Version du protocole convenue :'],
    server: ['Capabilities of the server:', 'Capacités du serveur :'],
    client: ['Capabilities of this page, the client:', 'Capacités de cette page, le client :'],
    help: [
        'Each side declares its capabilities in `initialize`, and neither uses what the other does not declare.',
        'Chaque côté déclare ses capacités dans `initialize`, et n’utilise que ce que l’autre déclare.'
    ]
} as const;
