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
