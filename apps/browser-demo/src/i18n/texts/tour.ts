/** The panel of the tour. Names of controls are values, so that they are the same as on the controls. */
export const tour = {
    progress: ['{at} of {count}', '{at} sur {count}'],
    back: ['Back', 'Précédent'],
    next: ['Next', 'Suivant'],
    finish: ['Finish', 'Terminer'],
    close: ['Close', 'Fermer'],
    closeTour: ['Close the tour', 'Fermer la visite'],
    done: ['Done', 'C’est fait'],
    onCard: [
        'Open the tab **{tab}**. On the card **{card}**, press **{button}**.',
        'Ouvrez l’onglet **{tab}**. Dans la carte **{card}**, appuyez sur **{button}**.'
    ]
} as const;

/** Each step: `act` is what to do, `see` what to see and why. Two asterisks on each side mark the name of a control. */
export const tourStep = {
    handshake: {
        title: ['The handshake', 'L’initialisation'],
        act: [
            'Look at the first rows of the **{diagram}**: the page has connected by itself. To see it again, press **{disconnect}** and then **{connect}** on the card of a session.',
            'Regardez les premières lignes du **{diagram}** : la page s’est connectée d’elle-même. Pour les revoir, appuyez sur **{disconnect}** puis sur **{connect}** dans la carte d’une session.'
        ],
        see: [
            '`GET /sse` gets a response that stays open: the stream. Its first event, `endpoint`, is the address for the POSTs of this session. Then client and server exchange versions and capabilities with `initialize` and `notifications/initialized`.',
            '`GET /sse` reçoit une réponse qui reste ouverte : le flux. Son premier événement, `endpoint`, donne l’adresse des POST de cette session. Puis client et serveur échangent versions et capacités par `initialize` et `notifications/initialized`.'
        ]
    },
    call: {
        title: ['One call, two connections', 'Un appel, deux connexions'],
        act: [
            'Open the tab **{tab}**. On the card of `add`, enter two numbers and press **{button}**.',
            'Ouvrez l’onglet **{tab}**. Dans la carte de `add`, saisissez deux nombres et appuyez sur **{button}**.'
        ],
        see: [
            'The POST is answered `202 Accepted`, without the sum. The sum arrives as an event on the stream, with the id of the request. These are two connections, so the `202` may also arrive after the reply. Point at an arrow to highlight the whole call.',
            'Le POST reçoit `202 Accepted`, sans la somme. La somme arrive comme événement sur le flux, avec l’identifiant de la requête. Ce sont deux connexions : le `202` peut donc aussi arriver après la réponse. Survolez une flèche pour mettre en évidence tout l’appel.'
        ]
    },
    sessions: {
        title: ['Two sessions, the same ids', 'Deux sessions, les mêmes identifiants'],
        act: [
            'Press **{button}**. The page selects the new session: call `add` in it too.',
            'Appuyez sur **{button}**. La page sélectionne la nouvelle session : appelez-y aussi `add`.'
        ],
        see: [
            'Both sessions count the ids of their requests from 1, and no reply goes to the wrong session. Each has its own stream, and the address of its POSTs contains its session id.',
            'Les deux sessions comptent les identifiants de leurs requêtes à partir de 1, et aucune réponse ne se trompe de session. Chacune a son propre flux, et l’adresse de ses POST contient son identifiant de session.'
        ]
    },
    stall: {
        see: [
            'Each POST is answered `202` at once, but the bars at the line of the browser keep growing: accepted is not answered. Then all replies arrive, each with the id of its request.',
            'Chaque POST reçoit `202` aussitôt, mais les barres sur la ligne du navigateur s’allongent : accepté ne veut pas dire répondu. Puis toutes les réponses arrivent, chacune avec l’identifiant de sa requête.'
        ]
    },
    clock: {
        title: ['Events without a request', 'Des événements sans requête'],
        act: [
            'Open the tab **{tab}**. On the card of `clock://now`, press **{button}**.',
            'Ouvrez l’onglet **{tab}**. Dans la carte de `clock://now`, appuyez sur **{button}**.'
        ],
        see: [
            'The server sends `notifications/resources/updated` each second, without a request. Only an open stream can bring it. The event says only that the resource has changed, so the page reads the resource.',
            'Le serveur envoie `notifications/resources/updated` chaque seconde, sans requête. Seul un flux ouvert peut l’apporter. L’événement dit seulement que la ressource a changé : la page la lit donc.'
        ]
    },
    drop: {
        see: [
            'The browser waits as long as `retry:` says. Then it sends `GET /sse` again, with the id of the last event in `Last-Event-ID`. The server continues the same session and first sends what the page missed.',
            'Le navigateur attend la durée indiquée par `retry:`. Puis il renvoie `GET /sse`, avec l’identifiant du dernier événement dans `Last-Event-ID`. Le serveur poursuit la même session et envoie d’abord ce que la page a manqué.'
        ]
    },
    outage: {
        see: [
            'A POST without an answer ends in a question mark: the page cannot know whether it arrived. It sends the POST once more with `Idempotency-Key`, so that the server runs the request at most once. When the network is back, the session is resumed.',
            'Un POST sans réponse finit par un point d’interrogation : la page ne peut pas savoir s’il est arrivé. Elle le renvoie une fois avec `Idempotency-Key`, pour que le serveur exécute la requête une fois au plus. Quand le réseau revient, la session reprend.'
        ]
    },
    connectionLimit: {
        act: [
            'Open the tab **{tab}**. On the card **{card}**, press **{button}**. When the ping waits, press **{close}**.',
            'Ouvrez l’onglet **{tab}**. Dans la carte **{card}**, appuyez sur **{button}**. Quand le ping attend, appuyez sur **{close}**.'
        ],
        see: [
            'Over HTTP/1.1, a browser opens at most six connections to a server, and each stream keeps one. The POST waits in the browser until a stream closes, and the server does not see it before. HTTP/2 has no such limit, and Streamable HTTP needs no stream that stays open.',
            'En HTTP/1.1, un navigateur ouvre au plus six connexions vers un serveur, et chaque flux en garde une. Le POST attend dans le navigateur qu’un flux se ferme, et le serveur ne le voit pas avant. HTTP/2 n’a pas cette limite, et Streamable HTTP n’a pas besoin d’un flux qui reste ouvert.'
        ]
    },
    streamable: {
        title: ['The same call over Streamable HTTP', 'Le même appel en Streamable HTTP'],
        act: [
            'In the list next to **{button}**, choose **{transport}**. Press **{button}**, and call `add` in the new session.',
            'Dans la liste à côté de **{button}**, choisissez **{transport}**. Appuyez sur **{button}**, puis appelez `add` dans la nouvelle session.'
        ],
        see: [
            'The reply comes in the response to the POST itself, as JSON or as a short stream, so no other connection is necessary. The server offers `/sse` next to `/mcp`, for clients that do not know Streamable HTTP.',
            'Le résultat arrive dans la réponse au POST lui-même, en JSON ou par un flux court : aucune autre connexion n’est nécessaire. Le serveur propose `/sse` à côté de `/mcp`, pour les clients qui ne connaissent pas Streamable HTTP.'
        ]
    },
    transcript: {
        title: ['The lesson as a file', 'La leçon dans un fichier'],
        act: [
            'Press **{menu}**, then **{download}**. Press **{menu}** again, then **{open}**, and choose the file.',
            'Appuyez sur **{menu}**, puis sur **{download}**. Appuyez à nouveau sur **{menu}**, puis sur **{open}**, et choisissez le fichier.'
        ],
        see: [
            'The page replays the lesson at any speed, without a server. Session ids in the file are shortened, so you can share it. **{end}** shows your own sessions again.',
            'La page rejoue la leçon à n’importe quelle vitesse, sans serveur. Les identifiants de session y sont abrégés : vous pouvez donc partager le fichier. **{end}** affiche à nouveau vos propres sessions.'
        ]
    }
} as const;
