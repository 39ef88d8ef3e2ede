export const tools = {
    call: ['Call', 'Appeler'],
    result: ['Result of {name}', 'Résultat de {name}'],
    waiting: ['Waiting for the reply on the stream…', 'En attente de la réponse sur le flux…'],
    noArguments: ['No arguments.', 'Aucun argument.']
} as const;

export const prompts = {
    get: ['Get', 'Obtenir'],
    result: ['Messages of {name}', 'Messages de {name}']
} as const;
