export const diagram = {
    label: ['Sequence diagram', 'Diagramme de séquence'],
    browser: ['Browser', 'Navigateur'],
    server: ['Server', 'Serveur'],
    empty: [
        'Each request goes to the right. Its reply comes back on the stream.',
        'Chaque requête part vers la droite. Sa réponse revient par le flux.'
    ],
    openedAgain: ['open again after {duration}', 'rouvert après {duration}'],
    resumedAfter: ['session resumed after {id}', 'session reprise après {id}'],
    replayed: ['replayed', 'renvoyé'],
    heartbeat: ['heartbeat', 'signal de présence'],
    heartbeats: ['{count} heartbeats', '{count} signaux de présence'],
    sentence: ['{time}, {way}: {what}', '{time}, {way} : {what}'],
    sentenceOf: ['{time}, session {session}, {way}: {what}', '{time}, session {session}, {way} : {what}'],
    and: ['{said}, {part}', '{said}, {part}'],
    post: ['POST {what}', 'POST {what}'],
    request: ['request {id}', 'requête {id}'],
    took: ['after {duration}', 'après {duration}']
} as const;
