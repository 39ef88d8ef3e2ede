export const field = {
    required: ['required', 'obligatoire'],
    optional: ['optional', 'facultatif'],
    leftOut: ['not sent', 'non envoyé'],
    default: ['default: {value}', 'par défaut : {value}'],
    emptyIsNull: ['empty means null', 'vide signifie null'],
    noSuggestions: ['No suggestions: {reason}', 'Pas de suggestions : {reason}']
} as const;

export const problem = {
    required: ['{field} is required', '{field} est obligatoire'],
    json: ['{field} must be JSON ({expected})', '{field} doit être du JSON ({expected})'],
    type: ['{field} must be of the type {expected}', '{field} doit être du type {expected}'],
    enum: ['{field} must be one of {expected}', '{field} doit être l’une de ces valeurs : {expected}'],
    limit: ['{field} must be {expected}', '{field} doit être {expected}'],
    length: ['{field} must have {expected} characters', '{field} doit avoir {expected} caractères'],
    items: ['{field} must have {expected} items', '{field} doit avoir {expected} éléments'],
    'unknown-member': [
        '{field} is not a known member; the known members are {expected}',
        '{field} n’est pas un membre connu ; les membres connus sont {expected}'
    ]
} as const;

export const json = {
    fold: ['As JSON', 'En JSON'],
    of: ['Arguments of {name} as JSON', 'Arguments de {name} en JSON'],
    help: [
        'The form and the JSON follow each other. What you write here is sent as it is, without the checks of the form.',
        'Le formulaire et le JSON se suivent. Ce que vous écrivez ici est envoyé tel quel, sans les vérifications du formulaire.'
    ],
    unexpected: [
        'Not JSON: line {line}, column {column}: unexpected {found}',
        'Ce n’est pas du JSON : ligne {line}, colonne {column} : « {found} » inattendu'
    ],
    endsEarly: [
        'Not JSON: line {line}, column {column}: the text ends too early',
        'Ce n’est pas du JSON : ligne {line}, colonne {column} : le texte s’arrête trop tôt'
    ],
    notAnObject: ['It must be a JSON object', 'Il faut un objet JSON']
} as const;
