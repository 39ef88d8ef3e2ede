export const prompts = {
    get: ['Get', 'Obtenir'],
    result: ['Messages of {name}', 'Messages de {name}']
} as const;
