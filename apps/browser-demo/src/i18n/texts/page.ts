export const page = {
    title: ['MCP calculator: tools and wire', 'Calculatrice MCP : outils et échanges'],
    heading: ['MCP calculator', 'Calculatrice MCP'],
    intro: [
        'The Model Context Protocol with `EventSource` and `fetch` only: see each request, its answer and its reply on the wire.',
        'Le Model Context Protocol uniquement avec `EventSource` et `fetch` : chaque requête, la réponse HTTP et la réponse JSON-RPC, telles qu’elles circulent.'
    ],
    loading: ['Loading…', 'Chargement…'],
    notLoaded: [
        'This part of the page could not be loaded. Check the connection to the server, and reload the page.',
        'Cette partie de la page n’a pas pu être chargée. Vérifiez la connexion au serveur et rechargez la page.'
    ],
    tour: ['Tour', 'Visite'],
    language: ['Français', 'English'],
    light: ['Light', 'Clair'],
    dark: ['Dark', 'Sombre'],
    capabilities: ['What this session can do', 'Ce que permet cette session'],
    signOut: ['Sign out', 'Oublier le jeton'],
    more: ['Show more', 'Afficher plus'],
    less: ['Show less', 'Afficher moins'],
    panelHeading: ['{what} of session {session}', '{what} de la session {session}']
} as const;

export const heading = {
    tools: ['Tools', 'Outils'],
    resources: ['Resources', 'Ressources'],
    prompts: ['Prompts', 'Prompts'],
    faults: ['Faults', 'Pannes']
} as const;

export const list = {
    search: ['Find in this list', 'Rechercher dans cette liste'],
    count: ['{count} of {all}', '{count} sur {all}'],
    none: ['The list appears when the server has sent it.', 'La liste apparaît dès que le serveur l’a envoyée.'],
    unsupported: [
        'This server has no {capability}: its reply to `initialize` does not declare that capability.',
        'Ce serveur n’offre rien ici : sa réponse à `initialize` ne déclare pas la capacité {capability}.'
    ],
    listed: ['The server lists none.', 'La liste du serveur est vide.'],
    failed: ['Could not get the list: {reason}', 'Impossible d’obtenir la liste : {reason}']
} as const;
