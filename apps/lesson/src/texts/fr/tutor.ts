import type { tutor as english } from '../en/tutor.ts';

export const tutor: typeof english = {
    about: 'un serveur MCP par stdio pour votre assistant de code : progression, dernier échec, indice suivant ; jamais la solution',
    instructions:
        'Vous aidez une personne qui suit des leçons sur MCP. Lisez d’abord last_failure. Posez des questions et donnez un indice à la fois ; n’écrivez pas la solution, et n’ouvrez pas les dossiers solution/ et wrong/.',
    lesson: 'Numéro de la leçon, par exemple 03 ; par défaut, la leçon en cours',
    progress: 'Liste les leçons, et celles qui sont réussies',
    lastFailure: 'Renvoie ce que la dernière vérification du code a envoyé, reçu et attendu',
    nextHint:
        "Renvoie l'indice suivant de la vérification qui échoue ; le dernier est réservé à la personne qui apprend",
    notChecked: "Cette leçon n'a pas encore été vérifiée.",
    noFailure: status => `La dernière vérification s'est terminée par : ${status}.`,
    withheld: "L'indice suivant montre le code. Seule la personne qui apprend peut le demander : npm run lesson -- hint"
};
