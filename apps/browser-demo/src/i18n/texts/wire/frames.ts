export const frames = {
    point: ['Highlight this in all views', 'Mettre en évidence dans toutes les vues'],
    anew: [
        '`EventSource` reports events, not bytes. The page rebuilds the frames of {sessions} from them, without comments and `retry:`.',
        '`EventSource` fournit des événements, pas des octets. La page en reconstitue les trames de {sessions}, sans les commentaires ni `retry:`.'
    ],
    indent: ['Indent', 'Indenter'],
    indentJson: ['Indent JSON', 'Indenter le JSON'],
    curl: ['Copy as curl', 'Copier en commande curl'],
    copied: ['Copied', 'Copié'],
    copyRefused: [
        'The browser does not allow this page to copy. Copy the selected text:',
        'Le navigateur n’autorise pas cette page à copier. Copiez le texte sélectionné :'
    ],
    newest: ['Newest', 'Plus récent'],
    noMatch: ['Nothing matches the filter.', 'Rien ne correspond au filtre.']
} as const;
