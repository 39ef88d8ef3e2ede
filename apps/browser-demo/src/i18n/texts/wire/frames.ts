export const frames = {
    heading: ['Frames', 'Trames'],
    late: [
        'known only from the answer: `EventSource` does not report its requests',
        'connue seulement par la réponse : `EventSource` ne signale pas ses requêtes'
    ],
    point: ['Highlight this in all views', 'Mettre en évidence dans toutes les vues'],
    anew: [
        '`EventSource` reports events, not bytes. The page rebuilds the frames of {sessions} from them, without comments and `retry:`.',
        '`EventSource` fournit des événements, pas des octets. À partir d’eux, la page reconstitue les trames de {sessions}, sans les commentaires ni `retry:`.'
    ],
    indent: ['Indent', 'Indenter'],
    indentJson: ['Indent JSON', 'Indenter le JSON'],
    curl: ['Copy as curl', 'Copier comme commande curl'],
    copied: ['Copied', 'Copié'],
    copyRefused: [
        'The browser does not allow this page to copy. Copy the selected text:',
        'Le navigateur n’autorise pas cette page à copier. Copiez le texte sélectionné :'
    ],
    newest: ['Newest', 'Le plus récent'],
    noMatch: ['Nothing matches the filter.', 'Rien ne correspond au filtre.']
} as const;

export const headers = {
    fold: ['Headers', 'En-têtes'],
    request: ['Request', 'Requête'],
    response: ['Response', 'Réponse'],
    added: [
        'The browser adds more, such as `Host`, `Origin` and `Cookie`, and does not show them to the page.',
        'Le navigateur en ajoute d’autres, comme `Host`, `Origin` et `Cookie`, et ne les montre pas à la page.'
    ],
    exposed: [
        'The browser hides `Set-Cookie`; of another server, it shows only the headers that the server allows by CORS.',
        'Le navigateur cache `Set-Cookie` ; d’un autre serveur, il ne montre que les en-têtes que celui-ci autorise par CORS.'
    ],
    hidden: [
        '`EventSource` does not show the headers of the response. A session opened with `fetch` shows them.',
        '`EventSource` ne montre pas les en-têtes de la réponse. Une session ouverte avec `fetch` les montre.'
    ]
} as const;

export const again = {
    edit: ['Edit and send again', 'Modifier et renvoyer'],
    message: ['Message to send', 'Message à envoyer'],
    help: [
        'Sent as a new POST in the same session. A request has a new id, so that its reply is not taken for an earlier one.',
        'Envoyé par un nouveau POST dans la même session. Une requête reçoit un nouvel identifiant, pour que sa réponse ne soit pas prise pour celle d’une autre requête.'
    ],
    send: ['Send', 'Envoyer'],
    close: ['Discard', 'Abandonner'],
    sent: ['Sent. The answer appears on the wire.', 'Envoyé. La réponse apparaît dans le journal.']
} as const;
