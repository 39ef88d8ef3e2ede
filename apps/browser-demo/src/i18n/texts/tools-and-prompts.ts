export const tools = {
    call: ['Call', 'Appeler'],
    result: ['Result of {name}', 'Résultat de {name}'],
    waiting: ['Waiting for the reply on the stream…', 'En attente de la réponse sur le flux…'],
    noArguments: ['No arguments.', 'Aucun argument.']
} as const;

/** What the server declares about the effect of a tool. */
export const hint = {
    readOnly: ['read-only', 'lecture seule'],
    destructive: ['destructive', 'destructif'],
    idempotent: ['idempotent', 'idempotent'],
    openWorld: ['open world', 'accès extérieur']
} as const;

export const hintMeans = {
    readOnly: [
        'The server declares that this tool changes nothing (readOnlyHint)',
        'Le serveur déclare que cet outil ne modifie rien (readOnlyHint)'
    ],
    destructive: [
        'The server declares that this tool may delete or overwrite something (destructiveHint)',
        'Le serveur déclare que cet outil peut supprimer ou écraser des données (destructiveHint)'
    ],
    idempotent: [
        'The server declares that repeating a call has no further effect (idempotentHint)',
        'Le serveur déclare que répéter un appel n’a pas d’effet supplémentaire (idempotentHint)'
    ],
    openWorld: [
        'The server declares that this tool uses something outside, such as the web (openWorldHint)',
        'Le serveur déclare que cet outil utilise un service extérieur, comme le Web (openWorldHint)'
    ]
} as const;

export const prompts = {
    get: ['Get', 'Obtenir'],
    result: ['Messages of {name}', 'Messages de {name}']
} as const;
