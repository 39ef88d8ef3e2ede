/** All that the page says, in English and in French. What stands in braces is filled in, what stands in backticks is code. */
export const texts = {
    'page.title': ['MCP calculator: tools and wire', 'Calculatrice MCP : outils et échanges'],
    'page.heading': ['MCP calculator', 'Calculatrice MCP'],
    'page.intro': [
        'The Model Context Protocol with `EventSource` and `fetch` alone: a request goes out as a POST, its reply comes back on the stream.',
        'Le Model Context Protocol avec `EventSource` et `fetch` seulement : une requête part par un POST, sa réponse revient par le flux.'
    ],
    'page.language': ['Français', 'English'],
    'page.light': ['Light', 'Clair'],
    'page.dark': ['Dark', 'Sombre'],

    'capabilities.label': ['What this session can do', 'Ce que permet cette session'],

    'connection.signOut': ['Sign out', 'Quitter la session'],
    'status.connecting': ['connecting', 'connexion'],
    'status.open': ['open', 'ouverte'],
    'status.dropped': ['dropped', 'coupée'],
    'status.resumed': ['resumed', 'reprise'],
    'status.closed': ['closed', 'fermée'],
    'sessions.label': ['Sessions', 'Sessions'],
    'sessions.session': ['Session {key}', 'Session {key}'],
    'sessions.id': ['The first characters of the session id', 'Les premiers caractères de l’identifiant de session'],
    'sessions.readByFetch': [
        'Read by fetch, which sees what EventSource hides',
        'Lu par fetch, qui voit ce que cache EventSource'
    ],
    'sessions.oneDrop': ['1 drop', '1 coupure'],
    'sessions.drops': ['{count} drops', '{count} coupures'],
    'sessions.reconnectsIn': ['reconnects in {seconds} s', 'reconnexion dans {seconds} s'],
    'sessions.reconnectsInAbout': ['reconnects in about {seconds} s', 'reconnexion dans {seconds} s environ'],
    'sessions.reconnectsNow': ['reconnects now', 'reconnexion maintenant'],
    'sessions.closedHere': ['disconnected by this page', 'déconnectée par cette page'],
    'sessions.connect': ['Connect', 'Connecter'],
    'sessions.disconnect': ['Disconnect', 'Déconnecter'],
    'sessions.remove': ['Remove', 'Retirer'],
    'sessions.none': [
        'There is no session: add one to see how it begins.',
        'Il n’y a pas de session : ajoutez-en une.'
    ],
    'sessions.noneChosen': ['Add a session to see what it can do.', 'Ajoutez une session pour voir ce qu’elle permet.'],
    'sessions.add': ['Add session', 'Nouvelle session'],
    'sessions.another': ['Another server…', 'Autre serveur…'],
    'sessions.address': ['Address of the stream', 'Adresse du flux'],
    'sessions.openNative': ['Open with `EventSource`', 'Ouvrir avec `EventSource`'],
    'sessions.openRaw': ['Open with `fetch`', 'Ouvrir avec `fetch`'],
    'sessions.help': [
        '`EventSource` is the browser’s own reader; `fetch` shows what that hides: heartbeats, `retry:`, the exact text. A server elsewhere must allow {origin} (CORS).',
        '`EventSource` est le lecteur du navigateur ; `fetch` montre ce qu’il cache : battements, `retry:`, texte exact. Un serveur situé ailleurs doit admettre {origin} (CORS).'
    ],
    'sessions.addressMissing': [
        'Enter an address, such as http://127.0.0.1:3001/sse',
        'Saisissez une adresse, telle que http://127.0.0.1:3001/sse'
    ],
    'sessions.addressNotHttp': [
        'Enter an address that begins with http:// or https://',
        'Saisissez une adresse qui commence par http:// ou https://'
    ],
    'sessions.addressHoldsPassword': [
        'Leave out user name and password: this page sends none to other servers',
        'Omettez le nom et le mot de passe : cette page n’en envoie pas aux autres serveurs'
    ],
    'server.unnamed': ['a server without a name', 'un serveur sans nom'],
    'session.named': ['session {key}', 'la session {key}'],

    'signIn.heading': ['Sign in', 'S’identifier'],
    'signIn.description': [
        'This server asks for a token, one of those in its `MCP_AUTH_TOKEN`.',
        'Ce serveur demande un jeton, l’un de ceux de son `MCP_AUTH_TOKEN`.'
    ],
    'signIn.token': ['Token', 'Jeton'],
    'signIn.missing': ['Enter the token', 'Saisissez le jeton'],
    'signIn.failed': ['Not signed in: {reason}', 'Identification refusée : {reason}'],
    'signIn.forgotten': [
        'You are signed out: the sign-in ran out or was ended, or the server was restarted.',
        'Vous n’êtes plus identifié : l’identification a expiré ou pris fin, ou le serveur a redémarré.'
    ],
    'signIn.noCookie': [
        'The browser did not keep the sign-in: allow cookies here, and sign in again.',
        'Le navigateur n’a pas gardé l’identification : autorisez ici les cookies, et recommencez.'
    ],

    'tools.heading': ['Tools', 'Outils'],
    'tool.call': ['Call', 'Appeler'],
    'tool.result': ['Result of {name}', 'Résultat de {name}'],
    'tool.waiting': ['Waiting for the reply on the stream…', 'En attente de la réponse sur le flux…'],
    'tool.noArguments': ['Takes no arguments.', 'Ne prend aucun argument.'],
    'field.required': ['required', 'obligatoire'],
    'field.optional': ['optional', 'facultatif'],
    'field.leftOut': ['left out', 'omis'],
    'field.default': ['default: {value}', 'par défaut : {value}'],

    'field.emptyIsNull': ['empty: null', 'vide : null'],
    'field.range': ['{min} to {max}', 'de {min} à {max}'],
    'field.atLeast': ['{min} or more', 'au moins {min}'],
    'field.atMost': ['{max} or less', 'au plus {max}'],
    'field.such': ['such as {example}', 'par exemple {example}'],
    'field.suggestions': ['Suggestions for {field}', 'Suggestions pour {field}'],
    'field.noSuggestions': ['No suggestions: {reason}', 'Pas de suggestions : {reason}'],

    'text.more': ['Show more', 'Afficher plus'],
    'text.less': ['Show less', 'Afficher moins'],
    'panel.heading': ['{what} of session {session}', '{what} de la session {session}'],
    'list.none': ['The list appears once the server has given it.', 'La liste apparaît dès que le serveur l’a donnée.'],
    'list.unsupported': [
        'This server has no {capability}: `capabilities` in its reply to `initialize` does not name them.',
        'Ce serveur n’en a pas : les `capabilities` de sa réponse à `initialize` n’ont pas de {capability}.'
    ],
    'list.listed': ['The server lists none.', 'Le serveur n’en énumère aucun.'],
    'list.failed': ['Not listed: {reason}', 'Liste non obtenue : {reason}'],

    'call.cancel': ['Cancel', 'Annuler'],
    'call.raw': ['Raw', 'Brut'],
    'call.done': ['Result', 'Résultat'],
    'call.progress': ['Progress', 'Avancement'],
    'call.step': ['{progress} of {total}', '{progress} sur {total}'],
    'failure.tool': ['Tool error', 'Erreur de l’outil'],
    'failure.toolWhy': [
        'The call went well, the tool did not: `isError` is true.',
        'L’appel a abouti, l’outil a échoué : `isError` vaut true.'
    ],
    'failure.rpc': ['JSON-RPC error {code}', 'Erreur JSON-RPC {code}'],
    'failure.rpcWhy': [
        'The reply is an `error` in place of a `result`.',
        'La réponse est un `error` au lieu d’un `result`.'
    ],
    'failure.http': ['HTTP {status}', 'HTTP {status}'],
    'failure.httpWhy': [
        'The POST was refused: no reply will come on the stream.',
        'Le POST a été refusé : aucune réponse ne viendra par le flux.'
    ],
    'failure.cancelled': ['Cancelled', 'Annulé'],
    'failure.other': ['No result', 'Pas de résultat'],
    'content.image': [
        'An image ({type}, {size}), which this page’s content security policy does not show',
        'Une image ({type}, {size}), que la politique de sécurité de cette page n’affiche pas'
    ],
    'content.audio': [
        'A sound ({type}, {size}), which this page’s content security policy does not play',
        'Un son ({type}, {size}), que la politique de sécurité de cette page ne joue pas'
    ],
    'content.blob': ['Binary data ({type}, {size})', 'Données binaires ({type}, {size})'],
    'content.noType': ['no MIME type', 'sans type MIME'],
    'content.bytes': ['{count} bytes', '{count} octets'],
    'content.link': ['Link to the resource', 'Lien vers la ressource'],
    'content.resource': ['The resource itself', 'La ressource elle-même'],
    'content.nothing': ['The result has no content.', 'Le résultat n’a pas de contenu.'],
    'content.empty': ['empty', 'vide'],

    'resources.heading': ['Resources', 'Ressources'],

    'resources.read': ['Read', 'Lire'],
    'resources.result': ['Contents of {name}', 'Contenu de {name}'],
    'templates.heading': ['Templates', 'Modèles'],
    'subscription.start': ['Subscribe', 'S’abonner'],
    'subscription.startNamed': ['Subscribe to {name}', 'S’abonner à {name}'],
    'subscription.stop': ['Unsubscribe', 'Se désabonner'],
    'subscription.stopNamed': ['Unsubscribe from {name}', 'Se désabonner de {name}'],
    'subscription.label': ['Subscription to {name}', 'Abonnement à {name}'],
    'subscription.asking': ['Asking for the subscription…', 'Demande d’abonnement…'],
    'subscription.on': ['Subscribed', 'Abonné'],
    'subscription.away': [
        'The stream is away; the subscription goes on with its session.',
        'Le flux est absent ; l’abonnement continue avec sa session.'
    ],
    'subscription.renewed': [
        'Another session began, which knew of no subscription: subscribed again.',
        'Une autre session a commencé, sans abonnement : il y a été demandé à nouveau.'
    ],
    'subscription.failed': ['Not subscribed: {reason}', 'Pas d’abonnement : {reason}'],
    'subscription.updates': ['Updates: {count}', 'Mises à jour : {count}'],

    'prompts.heading': ['Prompts', 'Invites'],

    'prompts.get': ['Get', 'Obtenir'],
    'prompts.result': ['Messages of {name}', 'Messages de {name}'],

    'latency.heading': ['Latency', 'Latence'],
    'latency.empty': [
        'Each call that gets its reply becomes a dot here.',
        'Chaque appel qui reçoit sa réponse devient ici un point.'
    ],
    'latency.summary': [
        'Last {count} calls: median {median}, 95th percentile {p95}; the last took {last}',
        '{count} derniers appels : médiane {median}, 95e centile {p95} ; le dernier a pris {last}'
    ],
    'latency.one': ['One call: it took {last}', 'Un appel : il a pris {last}'],
    'latency.table': ['As a table', 'En tableau'],
    'latency.session': ['Session', 'Session'],
    'latency.method': ['Method', 'Méthode'],
    'latency.time': ['Time', 'Durée'],
    'latency.outcome': ['Outcome', 'Issue'],
    'latency.result': ['result', 'résultat'],
    'latency.error': ['error', 'erreur'],
    'latency.median': ['median', 'médiane'],
    'latency.p95': ['95%', '95 %'],

    'trouble.heading': ['Faults', 'Pannes'],
    'trouble.intro': [
        'What goes wrong in the field, to be tried here.',
        'Ce qui tourne mal sur le terrain, à essayer ici.'
    ],
    'trouble.other': [
        'This session is with {origin}. Faults are for the server that this page came from.',
        'Cette session est avec {origin}. Les pannes sont pour le serveur d’où vient cette page.'
    ],
    'trouble.unconnected': ['Connect this session first.', 'Connectez d’abord cette session.'],
    'trouble.off': [
        'Some of these need the server’s help. For that, start it on this machine with `TEACHING_FAULTS=true npm start`.',
        'Certaines pannes demandent l’aide du serveur. Pour cela, lancez-le sur cette machine par `TEACHING_FAULTS=true npm start`.'
    ],
    'trouble.needs': ['needs `TEACHING_FAULTS=true`', 'demande `TEACHING_FAULTS=true`'],
    'trouble.seconds': ['Seconds', 'Secondes'],
    'trouble.watching': ['Watching the wire…', 'Les échanges sont observés…'],
    'trouble.reopened': ['stream open again, with `Last-Event-ID: {id}`', 'flux rouvert, avec `Last-Event-ID: {id}`'],
    'trouble.answered': ['the POST is answered `{status}`', 'le POST reçoit `{status}`'],
    'entry.replied': ['the reply, on the stream', 'la réponse, par le flux'],
    'trouble.drop.title': ['Drop the stream', 'Rompre le flux'],
    'trouble.drop.plan': [
        'The server breaks the stream off, as a proxy or a sleeping laptop would. The page does nothing about it.',
        'Le serveur rompt le flux, comme un proxy ou un portable en veille. La page n’y fait rien.'
    ],
    'trouble.drop.button': ['Drop', 'Rompre'],
    'trouble.drop.lesson': [
        'The browser waited for the two seconds of the server’s `retry`, and opened the stream again with the id of the last event. For 60 s (`RESUME_WINDOW_MS`) the server keeps what was sent meanwhile: nothing is missed. A good client looks at the endpoint: if it is the same, there is no second handshake, and calls may go on waiting.',
        'Le navigateur a attendu les deux secondes du `retry` du serveur, puis rouvert le flux avec l’identifiant du dernier événement. Pendant 60 s (`RESUME_WINDOW_MS`), le serveur garde ce qui a été envoyé entre-temps : rien ne manque. Un bon client regarde l’adresse d’envoi : si c’est la même, pas de seconde poignée de main, et les appels peuvent attendre encore.'
    ],
    'trouble.outage.title': ['Lose the network', 'Perdre le réseau'],
    'trouble.outage.plan': [
        'For some seconds nothing of this session gets through; a ping is sent meanwhile.',
        'Pendant quelques secondes, rien de cette session ne passe ; un ping est envoyé entre-temps.'
    ],
    'trouble.outage.button': ['Lose it', 'Perdre'],
    'trouble.outage.lesson': [
        'The stream came back: EventSource tries until it succeeds. The POST did not: whether a message without an answer has arrived, its sender cannot know. A good client asks its user, or sends it again under the same id, which this server runs only once.',
        'Le flux est revenu : EventSource réessaie jusqu’à réussir. Le POST, non : si un message sans réponse est arrivé, son expéditeur ne peut le savoir. Un bon client demande à son utilisateur, ou le renvoie sous le même identifiant, que ce serveur n’exécute qu’une fois.'
    ],
    'trouble.stall.title': ['Slow reader', 'Lecteur lent'],
    'trouble.stall.plan': [
        'For some seconds the server keeps everything from this stream, as if nobody read it. Then all comes at once.',
        'Pendant quelques secondes, le serveur retient tout ce qui va sur ce flux, comme si personne ne le lisait. Puis tout vient d’un coup.'
    ],
    'trouble.stall.calls': ['send {count} calls meanwhile', 'envoyer {count} appels entre-temps'],
    'trouble.stall.button': ['Stall', 'Retenir'],
    'trouble.stall.waiting': ['The stream is silent…', 'Le flux se tait…'],
    'trouble.stall.lesson': [
        '`202` only says that a message was accepted; its reply comes on the stream, however late. If more than `MAX_BUFFERED_BYTES` (1 MiB unless set) piles up, the server cuts the reader off, who resumes as after a drop. A good client reads at once, and gives each call a time limit.',
        '`202` dit seulement qu’un message est accepté ; sa réponse vient par le flux, si tard que ce soit. Si plus de `MAX_BUFFERED_BYTES` (1 Mio sauf réglage) s’accumule, le serveur coupe le flux au lecteur, qui reprend comme après une rupture. Un bon client lit aussitôt, et donne à chaque appel une limite de temps.'
    ],
    'trouble.token.title': ['Wrong token', 'Mauvais jeton'],
    'trouble.token.plan': [
        'A ping is sent with `Authorization: Bearer wrong`, which counts for more than the page’s cookie.',
        'Un ping est envoyé avec `Authorization: Bearer wrong`, qui l’emporte sur le cookie de la page.'
    ],
    'trouble.token.button': ['Send with a wrong token', 'Envoyer avec un mauvais jeton'],
    'trouble.token.lesson': [
        '`401` says that nobody was recognized, and `WWW-Authenticate` by what one would be. The request never got to the session, which is as it was. A good client does not repeat it, but gets another token first.',
        '`401` dit que personne n’a été reconnu, et `WWW-Authenticate` à quoi on le serait. La requête n’a pas atteint la session, qui reste ce qu’elle était. Un bon client ne la répète pas, mais se procure d’abord un autre jeton.'
    ],
    'trouble.token.lessonOpen': [
        'Accepted: this server wants no token, and looks at none. To see `401` and `WWW-Authenticate`, start it with `MCP_AUTH_TOKEN=secret npm start`.',
        'Accepté : ce serveur ne demande pas de jeton, et n’en regarde aucun. Pour voir `401` et `WWW-Authenticate`, lancez-le par `MCP_AUTH_TOKEN=secret npm start`.'
    ],
    'trouble.unknown.title': ['Unknown session', 'Session inconnue'],
    'trouble.unknown.plan': [
        'A ping is sent to a session that never was; or the server forgets this one, as after a restart.',
        'Un ping est envoyé à une session qui n’a jamais été ; ou le serveur oublie celle-ci, comme après un redémarrage.'
    ],
    'trouble.unknown.button': ['Ask for one that never was', 'Viser une session inventée'],
    'trouble.unknown.lesson': [
        '`404` with the error `-32001`, whether a session never was, has ended or is somebody else’s: who guesses ids learns nothing. A good client begins a new session.',
        '`404` avec l’erreur `-32001`, que la session n’ait jamais été, soit finie ou à quelqu’un d’autre : qui devine des identifiants n’apprend rien. Un bon client ouvre une nouvelle session.'
    ],
    'trouble.forget.button': ['Forget this session', 'Oublier cette session'],
    'trouble.forget.lesson': [
        'The browser wanted to resume, but the server no longer knew what: it opened a new session, with another endpoint. A good client gives up the calls that wait, as their replies will never come, and shakes hands again. This page just did.',
        'Le navigateur voulait reprendre, mais le serveur ne savait plus quoi : il a ouvert une nouvelle session, avec une autre adresse d’envoi. Un bon client abandonne les appels en attente, dont les réponses ne viendront jamais, et refait la poignée de main. Cette page vient de le faire.'
    ],
    'trouble.crowd.title': ['Two tabs too many', 'Deux onglets de trop'],
    'trouble.crowd.plan': [
        'Over HTTP/1.1 a browser opens six connections to a host, and each EventSource keeps one. The page takes all six, and then sends a ping.',
        'En HTTP/1.1, un navigateur ouvre six connexions vers un hôte, et chaque EventSource en garde une. La page prend les six, puis envoie un ping.'
    ],
    'trouble.crowd.button': ['Take all connections', 'Prendre toutes les connexions'],
    'trouble.crowd.opening': ['Opening streams…', 'Ouverture des flux…'],
    'trouble.crowd.waiting': [
        'The ping waits in the browser for a connection. Close a stream, and it goes.',
        'Le ping attend une connexion dans le navigateur. Fermez un flux, et il part.'
    ],
    'trouble.crowd.closeOne': ['Close one stream', 'Fermer un flux'],
    'trouble.crowd.closeAll': ['Close all', 'Tout fermer'],
    'trouble.crowd.count': ['open: {count}', 'ouverts : {count}'],
    'trouble.crowd.lesson': [
        'The server never saw the POST, and the browser reports no error: six tabs of such a page, and all stand still. HTTP/2 helps, where a hundred streams share one connection, and Streamable HTTP, which needs no stream that stays open.',
        'Le serveur n’a jamais vu le POST, et le navigateur ne signale aucune erreur : six onglets d’une telle page, et tous s’arrêtent. HTTP/2 y remédie, où cent flux partagent une connexion, et Streamable HTTP, qui se passe d’un flux toujours ouvert.'
    ],
    'trouble.crowd.lessonOpen': [
        'The ping went through: this page came by `{protocol}`, where requests share a connection or the limit is another. Over `http/1.1` it would have waited.',
        'Le ping est passé : cette page est venue par `{protocol}`, où les requêtes partagent une connexion ou la limite est autre. En `http/1.1`, il aurait attendu.'
    ],

    'wire.heading': ['Wire log', 'Journal des échanges'],
    'wire.list': ['Wire', 'Échanges'],
    'wire.clear': ['Clear', 'Effacer'],
    'wire.empty': ['Nothing yet.', 'Rien pour l’instant.'],
    'wire.showAll': ['Show all {count} characters', 'Afficher les {count} caractères'],
    'entry.closed': ['stream closed here', 'flux fermé ici'],
    'entry.closed.refused': ['stream refused', 'flux refusé'],
    'entry.closed.bad-endpoint': ['endpoint refused here', 'adresse d’envoi refusée ici'],
    'entry.closed.failed': ['session failed, stream closed here', 'échec de la session, flux fermé ici'],
    'entry.unanswered': ['no answer', 'sans réponse'],

    'frames.to-server': ['sent', 'envoyé'],
    'frames.to-browser': ['received', 'reçu'],
    'frames.here': ['here', 'ici'],
    'frames.point': ['Point this out in all views', 'Désigner ceci dans toutes les vues'],
    'frames.anew': [
        '`EventSource` tells events, not bytes: frames are put together anew here, without comments and `retry:`.',
        '`EventSource` livre des événements, non des octets : les trames sont recomposées ici, sans les commentaires ni `retry:`.'
    ],
    'frames.anewOf': [
        '`EventSource` tells events, not bytes: frames of {sessions} are put together anew here, without comments and `retry:`.',
        '`EventSource` livre des événements, non des octets : les trames de {sessions} sont recomposées ici, sans les commentaires ni `retry:`.'
    ],
    'frames.indent': ['Indent', 'Indenter'],
    'frames.indentJson': ['Indent JSON', 'Indenter le JSON'],
    'frames.curl': ['Copy as curl', 'Copier pour curl'],
    'frames.copied': ['Copied', 'Copié'],
    'frames.copyRefused': [
        'The browser does not let this page copy. Copy this:',
        'Le navigateur ne laisse pas cette page copier. Copiez ceci :'
    ],
    'frames.newest': ['Newest', 'Plus récent'],
    'frames.noMatch': ['Nothing matches the filter.', 'Rien ne correspond au filtre.'],
    'toolbar.search': ['Search', 'Rechercher'],
    'toolbar.filter': ['Filter', 'Filtrer'],
    'toolbar.only': ['Show only', 'N’afficher que'],
    'frames.requests': ['requests', 'requêtes'],
    'frames.events': ['events', 'événements'],
    'frames.heartbeats': ['heartbeats', 'battements'],
    'toolbar.matches': ['{count} found', '{count} trouvés'],
    'toolbar.reset': ['Show all', 'Tout afficher'],
    'toolbar.pause': ['Pause', 'Suspendre'],
    'toolbar.goOn': ['Go on', 'Reprendre'],
    'toolbar.missed': ['{count} missed', '{count} manqués'],
    'toolbar.transcript': ['Transcript', 'Transcription'],
    'toolbar.download': ['Download what happened', 'Télécharger ce qui s’est passé'],
    'toolbar.keepIds': ['with whole session ids', 'avec les identifiants de session entiers'],
    'toolbar.keepIdsWhy': [
        'Whoever has the whole id of a live session can speak in it: ids are blanked unless this is ticked.',
        'Quiconque a l’identifiant entier d’une session en cours peut y parler : ils sont masqués, sauf si cette case est cochée.'
    ],
    'toolbar.open': ['Open a transcript…', 'Ouvrir une transcription…'],
    'toolbar.drop': ['Or drop the file on the wire log.', 'Ou déposez le fichier sur le journal.'],
    'replay.heading': ['Replay of {name}.', 'Lecture de {name}.'],
    'replay.live': [
        'What is shown happened then; your own sessions go on.',
        'Ce qui est affiché s’est passé alors ; vos propres sessions continuent.'
    ],
    'replay.ended': [
        'This is the end of it; your own sessions go on.',
        'C’en est la fin ; vos propres sessions continuent.'
    ],
    'replay.play': ['Play', 'Lire'],
    'replay.again': ['Play again', 'Relire'],
    'replay.speed': ['Speed', 'Vitesse'],
    'replay.times': ['{speed} ×', '{speed} ×'],
    'replay.atOnce': ['at once', 'd’un coup'],
    'replay.end': ['Back to live', 'Revenir au direct'],
    'replay.refused': ['{name} cannot be replayed: {reason}', '{name} ne peut pas être rejoué : {reason}'],
    'replay.dismiss': ['Dismiss', 'Fermer'],
    'transcript.notJson': [
        'a transcript is JSON, and this is not',
        'une transcription est du JSON, et ceci n’en est pas'
    ],
    'transcript.misfit': ['{place} must be {expected}, got {got}', '{place} doit être {expected}, et non {got}'],
    'transcript.order': [
        '{place} must not be before the fact in front of it',
        '{place} ne doit pas précéder le fait d’avant'
    ],
    'transcript.nothing': ['nothing', 'rien'],
    'transcript.string': ['a string', 'une chaîne'],
    'transcript.time': ['a time in milliseconds since 1970', 'un instant en millisecondes depuis 1970'],
    'transcript.count': ['a whole number, 0 or more', 'un entier, 0 ou plus'],
    'transcript.object': ['an object', 'un objet'],
    'transcript.array': ['an array', 'un tableau'],
    'transcript.oneOf': ['one of {values}', 'l’une de ces valeurs : {values}'],

    'diagram.label': ['Sequence diagram', 'Diagramme de séquence'],
    'diagram.browser': ['Browser', 'Navigateur'],
    'diagram.server': ['Server', 'Serveur'],
    'diagram.empty': [
        'Each request will go to the right; its reply comes back on the stream.',
        'Chaque requête partira vers la droite ; sa réponse revient par le flux.'
    ],
    'entry.opened': ['stream open', 'flux ouvert'],
    'diagram.openedAgain': ['open again after {duration}', 'rouvert après {duration}'],
    'entry.dropped': ['stream dropped', 'flux rompu'],
    'entry.resumed': ['session resumed', 'session reprise'],
    'diagram.resumedAfter': ['session resumed after {id}', 'session reprise après {id}'],
    'entry.replaced': ['another session: the old one is gone', 'autre session : l’ancienne n’existe plus'],
    'diagram.replayed': ['replayed', 'renvoyé'],
    'diagram.heartbeat': ['heartbeat', 'battement'],
    'diagram.heartbeats': ['{count} heartbeats', '{count} battements'],
    'direction.to-server': ['browser to server', 'du navigateur au serveur'],
    'direction.to-browser': ['server to browser', 'du serveur au navigateur'],
    'direction.here': ['in the browser', 'dans le navigateur'],
    'diagram.sentence': ['{time}, {way}: {what}', '{time}, {way} : {what}'],
    'diagram.sentenceOf': ['{time}, session {session}, {way}: {what}', '{time}, session {session}, {way} : {what}'],
    'diagram.and': ['{said}, {part}', '{said}, {part}'],
    'diagram.post': ['POST {what}', 'POST {what}'],
    'diagram.request': ['request {id}', 'requête {id}'],
    'diagram.took': ['after {duration}', 'après {duration}'],
    'diagram.since': ['+{duration}', '+{duration}'],
    'duration.none': ['0 ms', '0 ms'],
    'duration.ms': ['{ms} ms', '{ms} ms'],
    'duration.s': ['{whole}.{tenth} s', '{whole},{tenth} s'],
    'duration.min': ['{minutes} min {seconds} s', '{minutes} min {seconds} s'],

    'problem.required': ['{field} is required', '{field} est obligatoire'],
    'problem.json': ['{field} must be JSON ({expected})', '{field} doit être du JSON ({expected})'],
    'problem.type': ['{field} must be of the type {expected}', '{field} doit être du type {expected}'],
    'problem.type.number': [
        '{field} must be a number, such as 2 or -0.5',
        '{field} doit être un nombre, tel que 2 ou -0.5'
    ],
    'problem.type.integer': ['{field} must be a whole number', '{field} doit être un nombre entier'],
    'problem.type.array': [
        '{field} must be a JSON array, as in [1, 2]',
        '{field} doit être un tableau JSON, tel que [1, 2]'
    ],
    'problem.type.object': [
        '{field} must be a JSON object, with its members in braces',
        '{field} doit être un objet JSON, ses membres entre accolades'
    ],
    'problem.enum': ['{field} must be one of {expected}', '{field} doit être l’une de ces valeurs : {expected}'],
    'problem.minimum': ['{field} must be {expected} or more', '{field} doit valoir au moins {expected}'],
    'problem.maximum': ['{field} must be {expected} or less', '{field} doit valoir au plus {expected}'],
    'problem.above': ['{field} must be more than {expected}', '{field} doit être supérieur à {expected}'],
    'problem.below': ['{field} must be less than {expected}', '{field} doit être inférieur à {expected}'],
    'problem.multiple': ['{field} must be a multiple of {expected}', '{field} doit être un multiple de {expected}'],
    'problem.min-length': [
        '{field} must have {expected} characters or more',
        '{field} doit avoir au moins {expected} caractères'
    ],
    'problem.max-length': [
        '{field} must have {expected} characters or fewer',
        '{field} doit avoir au plus {expected} caractères'
    ],
    'problem.format': ['{field} must be of the format {expected}', '{field} doit être au format {expected}'],
    'problem.min-items': [
        '{field} must have {expected} items or more',
        '{field} doit avoir au moins {expected} éléments'
    ],
    'problem.max-items': [
        '{field} must have {expected} items or fewer',
        '{field} doit avoir au plus {expected} éléments'
    ],
    'problem.unknown-member': [
        '{field} is not known here; known are {expected}',
        '{field} est inconnu ici ; sont connus : {expected}'
    ],

    'error.noSession': [
        'there is no session; press Connect and try again',
        'il n’y a pas de session ; appuyez sur Connecter et réessayez'
    ],
    'error.noStream': [
        '{path} did not answer with an event stream; see that the server runs and lets you in',
        '{path} n’a pas répondu par un flux ; vérifiez que le serveur tourne et vous laisse entrer'
    ],
    'error.streamRefused': [
        '{path} answered {status} in place of an event stream; see that it lets you in',
        '{path} a répondu {status} au lieu d’un flux ; vérifiez qu’il vous laisse entrer'
    ],
    'error.noStreamElsewhere': [
        'no event stream for this page: check the address, and that the server allows {origin} (CORS)',
        'pas de flux pour cette page : vérifiez l’adresse, et que le serveur admet {origin} (CORS)'
    ],
    'error.streamRefusedElsewhere': [
        'answered {status} in place of an event stream: check the address',
        'a répondu {status} au lieu d’un flux : vérifiez l’adresse'
    ],
    'error.unreachableElsewhere': [
        'no answer: the server must run, and allow {origin} (CORS)',
        'pas de réponse : le serveur doit tourner, et admettre {origin} (CORS)'
    ],
    'error.mixed': [
        'kept back by the browser: a page that came by https reaches http servers on this machine only',
        'retenu par le navigateur : une page venue en https n’atteint en http que cette machine'
    ],
    'error.postLostElsewhere': [
        'the POST did not reach the server; see that it runs, and lets {origin} POST JSON (CORS)',
        'le POST n’a pas atteint le serveur ; vérifiez qu’il tourne et qu’il admet de {origin} les POST en JSON (CORS)'
    ],
    'error.unauthenticatedElsewhere': [
        'the server wants a credential, and this page sends none to other servers',
        'le serveur veut une authentification, et cette page n’en envoie pas aux autres serveurs'
    ],
    'error.tooManyStreams': [
        'the browser opens {max} connections to a server at most, and each stream keeps one: disconnect another session first',
        'le navigateur n’ouvre que {max} connexions à un serveur, et chaque flux en garde une : déconnectez d’abord une autre session'
    ],
    'error.badEndpoint': [
        'refused the endpoint {endpoint}: it must be at {origin}',
        'adresse d’envoi {endpoint} refusée : elle doit être sur {origin}'
    ],
    'error.sessionReplaced': [
        'the server started a new session; call again',
        'le serveur a ouvert une nouvelle session ; appelez à nouveau'
    ],
    'error.sessionForgotten': [
        'the server knew the session no more, and a new one begins; call again',
        'le serveur ne connaissait plus la session, et une autre commence ; appelez à nouveau'
    ],
    'error.closed': [
        'the session was closed; press Connect and call again',
        'la session a été fermée ; appuyez sur Connecter et appelez à nouveau'
    ],
    'error.postLost': [
        'the POST did not reach the server; see that it runs',
        'le POST n’a pas atteint le serveur ; vérifiez qu’il tourne'
    ],
    'error.postRefused': ['the POST was answered with {status}', 'le POST a reçu la réponse {status}'],
    'error.unauthenticated': [
        'the server does not know this browser; sign in and call again',
        'le serveur ne connaît pas ce navigateur ; identifiez-vous et appelez à nouveau'
    ],
    'error.timeLimit': [
        '{method} got no reply within {seconds} s; try again',
        '{method} n’a pas eu de réponse en {seconds} s ; réessayez'
    ],
    'error.rpc': [
        'the server replied with error {code}: {message}',
        'le serveur a répondu par l’erreur {code} : {message}'
    ],
    'error.cancelled': [
        'the call was cancelled here, and the server told so by `notifications/cancelled`',
        'l’appel a été annulé ici, et le serveur en est averti par `notifications/cancelled`'
    ],
    'error.badReply': ['the reply to {method} must hold {member}', 'la réponse à {method} doit contenir {member}'],
    'error.sameCursor': [
        '{method} gave the same page again; the list would never end',
        '{method} a redonné la même page ; la liste n’aurait pas de fin'
    ],
    'error.wrongToken': ['the server does not know this token', 'le serveur ne connaît pas ce jeton'],
    'error.tooManyTries': ['too many tries; try again later', 'trop d’essais ; réessayez plus tard'],
    'error.tooManyTriesFor': ['too many tries; try again in {seconds} s', 'trop d’essais ; réessayez dans {seconds} s'],
    'error.refused': ['the server answered {status}', 'le serveur a répondu {status}'],
    'error.unreachable': [
        'the server cannot be reached; see that it runs',
        'le serveur ne peut pas être atteint ; vérifiez qu’il tourne'
    ]
} as const satisfies Record<string, readonly [en: string, fr: string]>;
