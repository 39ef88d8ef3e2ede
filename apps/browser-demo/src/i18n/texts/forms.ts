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
