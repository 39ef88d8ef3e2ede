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
