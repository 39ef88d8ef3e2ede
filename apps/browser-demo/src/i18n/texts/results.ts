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
