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
    onlyThis: ['Show only: {means}', 'N’afficher que : {means}'],
    matches: ['{count} found', '{count} trouvés'],
    reset: ['Show all', 'Tout afficher'],
    pause: ['Pause', 'Pause'],
    goOn: ['Continue', 'Continuer'],
    missed: ['{count} missed', '{count} manqués'],
    transcript: ['Transcript', 'Enregistrement'],
    download: ['Download the record', 'Télécharger l’enregistrement'],
    keepIds: ['with complete session ids', 'avec les identifiants de session complets'],
    keepIdsWhy: [
        'Otherwise they are shortened: with the id of an open session, another person can send messages in it.',
        'Sinon, ils sont abrégés : avec l’identifiant d’une session ouverte, une autre personne peut y envoyer des messages.'
    ],
    open: ['Open a transcript…', 'Ouvrir un enregistrement…'],
    drop: ['Or drop the file on the wire log.', 'Ou déposez le fichier sur le journal.']
} as const;

export const kind = {
    'to-server': ['sent', 'envoyé'],
    'to-browser': ['received', 'reçu'],
    here: ['browser only', 'navigateur seul'],
    requests: ['requests', 'requêtes'],
    events: ['events', 'événements'],
    heartbeats: ['heartbeats', 'signaux de présence']
} as const;

export const kindMeans = {
    requests: ['requests and their answers', 'les requêtes et leurs réponses'],
    events: ['what arrives on streams', 'ce qui arrive par les flux'],
    heartbeats: ['comments that keep streams open', 'les commentaires qui gardent les flux ouverts'],
    here: [
        'what the browser noticed: streams that dropped, resumed or closed',
        'ce que le navigateur a constaté : flux coupés, repris ou fermés'
    ]
} as const;

export const entry = {
    replied: ['reply on the stream', 'réponse par le flux'],
    unanswered: ['no answer', 'sans réponse'],
    opened: ['stream open', 'flux ouvert'],
    dropped: ['stream dropped', 'flux coupé'],
    resumed: ['session resumed', 'session reprise'],
    replaced: ['new session: the old one no longer exists', 'nouvelle session : l’ancienne n’existe plus']
} as const;

export const closed = {
    asked: ['closed by the page', 'fermeture par la page'],
    refused: ['stream refused', 'flux refusé'],
    'bad-endpoint': [
        'stream closed by the page: endpoint not accepted',
        'flux fermé par la page : point de terminaison refusé'
    ],
    failed: ['stream closed by the page: the session failed', 'flux fermé par la page : échec de la session']
} as const;

export const direction = {
    'to-server': ['browser to server', 'du navigateur au serveur'],
    'to-browser': ['server to browser', 'du serveur au navigateur'],
    here: ['in the browser', 'dans le navigateur']
} as const;

export const duration = {
    ms: ['{ms} ms', '{ms} ms'],
    s: ['{whole}.{tenth} s', '{whole},{tenth} s'],
    min: ['{minutes} min {seconds} s', '{minutes} min {seconds} s']
} as const;
