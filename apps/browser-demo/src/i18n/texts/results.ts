export const call = {
    cancel: ['Cancel', 'Annuler'],
    raw: ['Raw', 'Brut'],
    done: ['Result', 'Résultat'],
    progress: ['Progress', 'Progression'],
    step: ['{progress} of {total}', '{progress} sur {total}']
} as const;

export const failure = {
    tool: ['Tool error', 'Erreur de l’outil'],
    rpc: ['JSON-RPC error {code}', 'Erreur JSON-RPC {code}'],
    cancelled: ['Cancelled', 'Annulé'],
    other: ['No result', 'Aucun résultat']
} as const;

export const why = {
    tool: [
        'The server answered, but the tool failed: `isError` is true.',
        'Le serveur a répondu, mais l’outil a échoué : `isError` vaut true.'
    ],
    rpc: ['The reply has an `error` instead of a `result`.', 'La réponse contient un `error` au lieu d’un `result`.'],
    http: [
        'The server refused the POST, so no reply will arrive on the stream.',
        'Le serveur a refusé le POST : aucune réponse n’arrivera par le flux.'
    ]
} as const;

export const content = {
    blob: [
        'Binary data ({type}, {count} bytes), not shown',
        'Données binaires ({type}, {count} octets), non affichées'
    ],
    noType: ['no MIME type', 'sans type MIME'],
    link: ['Link to a resource', 'Lien vers une ressource'],
    resource: ['Embedded resource', 'Ressource intégrée'],
    nothing: ['The result has no content.', 'Le résultat n’a pas de contenu.'],
    empty: ['empty', 'vide']
} as const;
