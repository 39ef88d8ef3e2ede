export const wire = {
    heading: ['Wire log', 'Journal des échanges'],
    list: ['Wire', 'Échanges'],
    clear: ['Clear', 'Effacer'],
    empty: ['Nothing yet.', 'Rien pour l’instant.'],
    showAll: ['Show all {count} characters', 'Afficher les {count} caractères']
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

export const kind = {
    'to-server': ['sent', 'envoyé'],
    'to-browser': ['received', 'reçu'],
    here: ['here', 'ici'],
    requests: ['requests', 'requêtes'],
    events: ['events', 'événements'],
    heartbeats: ['heartbeats', 'battements']
} as const;

export const entry = {
    replied: ['the reply, on the stream', 'la réponse, par le flux'],
    unanswered: ['no answer', 'sans réponse'],
    opened: ['stream open', 'flux ouvert'],
    dropped: ['stream dropped', 'flux rompu'],
    resumed: ['session resumed', 'session reprise'],
    replaced: ['another session: the old one is gone', 'autre session : l’ancienne n’existe plus']
} as const;

export const closed = {
    asked: ['stream closed here', 'flux fermé ici'],
    refused: ['stream refused', 'flux refusé'],
    'bad-endpoint': ['endpoint refused here', 'adresse d’envoi refusée ici'],
    failed: ['session failed, stream closed here', 'échec de la session, flux fermé ici']
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
