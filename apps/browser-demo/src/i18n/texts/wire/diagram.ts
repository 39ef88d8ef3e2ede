export const diagram = {
    label: ['Sequence diagram', 'Diagramme de séquence'],
    browser: ['Browser', 'Navigateur'],
    server: ['Server', 'Serveur'],
    empty: [
        'Each request goes to the right. Its reply comes back on the stream.',
        'Chaque requête part vers la droite. Sa réponse revient par le flux.'
    ],
    opened: ['200, stream open', '200, flux ouvert'],
    openedAgain: ['200, open again after {duration}', '200, rouvert après {duration}'],
    resumedAfter: ['session resumed after event {id}', 'session reprise après l’événement {id}'],
    continuedAfter: ['response continued after event {id}', 'réponse poursuivie après l’événement {id}'],
    lateRequest: ['known now', 'connue à l’instant'],
    event: ['event {id}', 'événement {id}'],
    attempt: ['no stream yet', 'pas encore de flux'],
    attempts: ['{count} attempts got no stream', '{count} tentatives sans flux'],
    noAnswer: ['no answer: it may have arrived', 'sans réponse : elle est peut-être arrivée'],
    waiting: ['not known yet whether it arrived', 'on ne sait pas encore si elle est arrivée'],
    noAnswerShort: ['lost?', 'perdue ?'],
    waitingShort: ['no answer yet', 'en attente'],
    reachedShort: ['known {duration} later', 'confirmée {duration} plus tard'],
    reached: ['arrived: known {duration} later', 'arrivée, confirmée {duration} plus tard'],
    afterReply: ['after its reply?', 'après sa réponse ?'],
    lasting: ['in {duration}', 'en {duration}'],
    answers: ['{count} answers to requests of the page', '{count} réponses à des requêtes de la page'],
    folded: ['{count} messages: {what}', '{count} messages : {what}'],
    closedFold: ['folded, Enter opens', 'repliés, Entrée les déplie'],
    openFold: ['first of an open group, Enter closes it', 'premier d’un groupe déplié, Entrée le replie'],
    fold: ['Fold these rows', 'Replier ces lignes'],
    bothWays: ['between browser and server', 'entre navigateur et serveur'],
    times: ['{count} × {what}', '{count} × {what}'],
    noStream: ['the session works without a stream of GET', 'la session fonctionne sans flux de GET'],
    notResumed: ['the response cannot be resumed', 'la réponse ne peut pas être reprise'],
    priming: ['event id to resume from', 'identifiant d’événement pour reprendre'],
    streamEnded: ['response ended', 'réponse terminée'],
    streamBroke: ['response broke off', 'réponse interrompue'],
    sentAgain: ['sent again', 'renvoyée'],
    replayed: ['replayed', 'rejoué'],
    heartbeat: ['heartbeat', 'signal de présence'],
    heartbeats: ['{count} heartbeats', '{count} signaux de présence'],
    sentence: ['{time}, {way}: {what}', '{time}, {way} : {what}'],
    sentenceOf: ['{time}, session {session}, {way}: {what}', '{time}, session {session}, {way} : {what}'],
    and: ['{said}, {part}', '{said}, {part}'],
    post: ['POST {what}', 'POST {what}'],
    request: ['request {id}', 'requête {id}'],
    took: ['after {duration}', 'après {duration}']
} as const;
/** What the diagram explains about the selected row. */
export const note = {
    label: ['About this row', 'À propos de cette ligne'],
    reached: [
        'It arrived. The page knows this from {proof}, {duration} later.',
        'Elle est arrivée. La page le sait par {proof}, {duration} plus tard.'
    ],
    byAnswer: ['the answer {status}', 'la réponse {status}'],
    byReply: ['its reply', 'sa réponse JSON-RPC'],
    byStream: ['the open stream', 'l’ouverture du flux'],
    byRefusal: ['the refusal', 'le refus'],
    waiting: [
        'There is no answer yet, so the page does not know whether the server has seen it. The arrow stops short.',
        'Il n’y a pas encore de réponse : la page ne sait pas si le serveur l’a vue. La flèche s’arrête avant.'
    ],
    unknown: [
        'It failed at {time} without an answer. It may have arrived: a client cannot know. The arrow stops short.',
        'Elle a échoué à {time} sans réponse. Elle est peut-être arrivée : un client ne peut pas le savoir. La flèche s’arrête avant.'
    ],
    late: [
        'EventSource does not report its requests. The page learns of this one only when the stream is open.',
        'EventSource ne signale pas ses requêtes. La page n’apprend celle-ci qu’à l’ouverture du flux.'
    ],
    ids: [
        'Two different numbers: request {id} is the JSON-RPC id and says which call this answers; event {event} is the place on the stream, which Last-Event-ID names to resume.',
        'Deux numéros différents : requête {id} est l’identifiant JSON-RPC et dit à quel appel ceci répond ; événement {event} est la place dans le flux, que Last-Event-ID indique pour reprendre.'
    ],
    accepted: [
        '202 only says that the server has taken the message. The reply comes on the stream.',
        '202 dit seulement que le serveur a pris le message. La réponse arrive par le flux.'
    ],
    afterReply: [
        'Why after the reply? They travel on two connections: 202 answers the POST, the reply comes on the stream. Either can be first.',
        'Pourquoi après la réponse ? Elles passent par deux connexions : 202 répond au POST, la réponse JSON-RPC arrive par le flux. L’une ou l’autre peut être la première.'
    ],
    stream: [
        'This response does not end: events come on it until it is closed or breaks.',
        'Cette réponse ne se termine pas : des événements y arrivent jusqu’à ce qu’elle soit fermée ou interrompue.'
    ]
} as const;
