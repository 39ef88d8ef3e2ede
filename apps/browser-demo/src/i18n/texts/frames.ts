export const frames = {
    point: ['Point this out in all views', 'Désigner ceci dans toutes les vues'],
    anew: [
        '`EventSource` tells events, not bytes: the frames of {sessions} are put together here, without comments and `retry:`.',
        '`EventSource` livre des événements, non des octets : les trames de {sessions} sont recomposées ici, sans commentaires ni `retry:`.'
    ],
    indent: ['Indent', 'Indenter'],
    indentJson: ['Indent JSON', 'Indenter le JSON'],
    curl: ['Copy as curl', 'Copier pour curl'],
    copied: ['Copied', 'Copié'],
    copyRefused: [
        'The browser does not let this page copy. Copy what is selected:',
        'Le navigateur refuse la copie. Copiez ce qui est sélectionné :'
    ],
    newest: ['Newest', 'Plus récent'],
    noMatch: ['Nothing matches the filter.', 'Rien ne correspond au filtre.']
} as const;
