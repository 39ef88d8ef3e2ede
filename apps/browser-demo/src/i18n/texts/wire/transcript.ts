export const replay = {
    heading: ['Replay of {name}.', 'Lecture de {name}.'],
    live: ['This is a recording. Your own sessions continue.', 'Ceci est un enregistrement. Vos sessions continuent.'],
    ended: [
        'The recording has ended. Your own sessions continue.',
        'L’enregistrement est terminé. Vos sessions continuent.'
    ],
    play: ['Play', 'Lire'],
    again: ['Play again', 'Relire'],
    speed: ['Speed', 'Vitesse'],
    atOnce: ['at once', 'immédiate'],
    end: ['Back to live', 'Revenir au direct'],
    refused: ['Cannot replay {name}: {reason}', 'Impossible de lire {name} : {reason}'],
    dismiss: ['Dismiss', 'Fermer']
} as const;

export const transcript = {
    notJson: ['the file is not JSON', 'le fichier n’est pas du JSON'],
    misfit: ['{place} must be {expected}, got {got}', '{place} doit être {expected}, et non {got}'],
    order: [
        '{place} must not be earlier than the time of the previous fact',
        '{place} ne doit pas précéder l’instant du fait précédent'
    ],
    nothing: ['nothing', 'rien'],
    string: ['a string', 'une chaîne'],
    time: ['a time in milliseconds since 1970', 'un instant en millisecondes depuis 1970'],
    count: ['a whole number, 0 or more', 'un entier, 0 ou plus'],
    object: ['an object', 'un objet'],
    headers: ['an object with strings', 'un objet dont les valeurs sont des chaînes'],
    array: ['an array', 'un tableau'],
    oneOf: ['one of {values}', 'l’une de ces valeurs : {values}']
} as const;
