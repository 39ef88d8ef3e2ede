import type { screen as english } from '../en/screen.ts';

export const screen: typeof english = {
    chooseLesson: 'Choisissez une leçon (↑ ↓, Entrée ; Échap : retour, q : quitter)',
    checking: 'Vérification…',
    hintIsDue: "L'indice s'affichera à la fin de la vérification.",
    passed: 'Toutes les vérifications réussissent. Touche n : leçon suivante.',
    allPassed: "Toutes les vérifications réussissent, et c'est la dernière leçon.",
    edit: files => `Modifiez ${files}`,
    read: file => `Lisez    ${file}`,
    server: url => `Serveur  ${url}`,
    serverIsDown: url => `Serveur  ${url} ne tourne plus. Il redémarre au prochain enregistrement, ou avec c.`,
    token: token => `Jeton    ${token}`,
    page: url => `Page     ${url}`,
    pageIsBuilt: 'Page     en construction, un instant',
    pageIsMissing: 'Page     absente : les outils de construction ne sont pas installés. Lancez : npm ci --include=dev',
    unreachable: "Votre serveur ne répond pas. L'écran de npm run lesson dit pourquoi.",
    otherPort: port =>
        `Un autre programme occupe le port 3001. Dans les commandes de la leçon, écrivez ${port} à la place.`,
    missed: 'Votre système ne signale pas les enregistrements dans ce dossier (dossier réseau, WSL). Appuyez sur c après un enregistrement.',
    notPassed: "Cette leçon n'est pas encore réussie. Appuyez encore sur n pour la quitter.",
    lastLesson: "C'est la dernière leçon.",
    confirmReset: 'Repartir du problème ? Une copie de votre code est gardée. o : oui, autre touche : non',
    yesKey: 'o',
    keys: {
        h: 'indice',
        d: 'différence avec la solution',
        c: 'vérifier',
        r: 'recommencer',
        n: 'suivante',
        l: 'liste',
        q: 'quitter'
    }
};
