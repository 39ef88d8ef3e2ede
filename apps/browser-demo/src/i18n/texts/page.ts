export const page = {
    title: ['MCP calculator: tools and wire', 'Calculatrice MCP : outils et échanges'],
    heading: ['MCP calculator', 'Calculatrice MCP'],
    intro: [
        'The Model Context Protocol with `EventSource` and `fetch` alone: a request goes out as a POST, its reply comes back on the stream.',
        'Le Model Context Protocol avec `EventSource` et `fetch` seulement : une requête part par un POST, sa réponse revient par le flux.'
    ],
    language: ['Français', 'English'],
    light: ['Light', 'Clair'],
    dark: ['Dark', 'Sombre'],
    capabilities: ['What this session can do', 'Ce que permet cette session'],
    signOut: ['Sign out', 'Quitter la session'],
    more: ['Show more', 'Afficher plus'],
    less: ['Show less', 'Afficher moins'],
    panelHeading: ['{what} of session {session}', '{what} de la session {session}']
} as const;

export const heading = {
    tools: ['Tools', 'Outils'],
    resources: ['Resources', 'Ressources'],
    prompts: ['Prompts', 'Invites'],
    faults: ['Faults', 'Pannes']
} as const;

export const list = {
    none: ['The list appears once the server has given it.', 'La liste apparaît dès que le serveur l’a donnée.'],
    unsupported: [
        'This server has no {capability}: `capabilities` in its reply to `initialize` has none.',
        'Ce serveur n’en a pas : les `capabilities` de sa réponse à `initialize` n’ont pas de {capability}.'
    ],
    listed: ['The server lists none.', 'Le serveur n’en énumère aucun.'],
    failed: ['Not listed: {reason}', 'Liste non obtenue : {reason}']
} as const;
