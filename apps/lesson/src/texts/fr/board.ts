import type { board as english } from '../en/board.ts';

export const board: typeof english = {
    about: "montre à l'enseignant qui est à quelle leçon et qui est bloqué ; pour cette machine seule, sauf avec --host",
    host: 'adresse où écouter ; avec 0.0.0.0, les machines de la salle peuvent envoyer, avec un code',
    port: 'port où écouter (par défaut : le premier libre à partir de 3200)',
    code: "code d'accès ; board en affiche un, pris au hasard",
    url: 'montre vos vérifications sur le tableau de votre enseignant, aussi après les prochains start',
    name: 'le nom que montre le tableau',
    leave: 'quitte le tableau',
    shown: url => `Tableau : ${url} (à ouvrir sur cette machine)`,
    join: (urls, code?) =>
        [
            urls.length > 1 ? 'Pour participer, la première qui marche :' : 'Pour participer :',
            ...urls.map(url => `npm run lesson -- start 01 --board ${url} --name NOM${code ? ` --code ${code}` : ''}`)
        ].join('\n  '),
    keepCode: 'Ctrl-C arrête le tableau. Pour le relancer avec le même code : --code.',
    onlyHere: 'Seule cette machine peut participer. Pour ouvrir à la salle : --host 0.0.0.0. Ctrl-C arrête le tableau.',
    notAPort: word => `--port doit être un entier de 0 à 65535, reçu : ${word}`,
    cannotListen: (host, port, reason) =>
        `Le tableau ne peut pas écouter sur ${host}, port ${port} : ${reason}. Choisissez un autre --host ou --port.`,
    notAUrl: word => `--board doit être l'adresse http du tableau, reçu : ${word}`,
    needsBoard: "--name et --code demandent --board, l'adresse que montre votre enseignant",
    needsName: '--board demande --name, le nom que montre le tableau',
    notAName: '--name doit avoir de 1 à 40 caractères, sur une ligne',
    joined: (url, name) => `Le tableau ${url} vous montre sous le nom ${name}.`,
    sameName: shownAs => `Quelqu'un d'autre porte votre nom : le tableau vous montre sous le nom ${shownAs}.`,
    silent: url => `Le tableau ${url} ne répond pas. Vos leçons marchent sans lui.`,
    wrongCode: url => `Le tableau ${url} refuse le code d'accès. Demandez-le à votre enseignant.`,
    refused: (url, status) =>
        `Le tableau ${url} refuse vos vérifications (HTTP ${status}). Vos leçons marchent sans lui.`,
    onlyItsMachine: "Seul un navigateur sur la machine du tableau peut l'ouvrir.",
    title: 'Qui est où',
    lost: "Le tableau s'est arrêté. Ce que vous voyez est ancien.",
    columns: ['Nom', 'Leçon', 'Vérification', 'Depuis'],
    count: (all, stuck) =>
        `${all} ${all > 1 ? 'participants' : 'participant'}, ${stuck} ${stuck > 1 ? 'bloqués' : 'bloqué'} (la même vérification depuis plus de 10 minutes)`,
    started: 'commencée',
    passed: 'réussie',
    isDown: 'ne démarre pas',
    stuck: 'bloqué',
    minutes: minutes => `${minutes} min`
};
