import type { commands as english } from '../en/commands.ts';

export const commands: typeof english = {
    headings: {
        'Usage:': 'Utilisation :',
        'Arguments:': 'Arguments :',
        'Options:': 'Options :',
        'Global Options:': 'Options générales :',
        'Commands:': 'Commandes :'
    },
    program:
        'Douze leçons qui se vérifient elles-mêmes. Sans commande, dans un terminal : la liste, puis la leçon en cours.',
    help: 'affiche cette aide',
    languageOption: 'langue de tout ce qui est affiché : en ou fr',
    byDefault: value => `par défaut : ${value}`,
    values: {
        command: '[commande]',
        number: '<numéro>',
        numbers: '[numéros...]',
        seed: '<nombre>',
        language: '<langue>',
        token: '<jeton>',
        file: '<fichier>',
        name: '<nom>',
        code: '<code>',
        address: '<adresse>',
        port: '<numéro>'
    },
    lessonArgument: 'le numéro de la leçon, par exemple 03',
    about: {
        list: 'liste les leçons, et celles que vous avez réussies',
        start: 'copie le problème dans le dossier que vous modifiez ; dans un terminal, vérifie à chaque enregistrement',
        check: "vérifie votre code, ou n'importe quel serveur avec --url",
        hint: "affiche l'indice suivant de la vérification qui échoue",
        diff: 'affiche ce que la solution contient et que votre code ne contient pas',
        reset: 'repart du problème ; garde une copie de ce que vous avez écrit',
        verify: 'exécute chaque solution, problème et variante fausse des leçons, et compare les textes des deux langues'
    },
    options: {
        url: "adresse du flux d'événements d'un serveur lancé, par exemple http://localhost:8000/sse",
        json: 'exécute toutes les vérifications et affiche une seule valeur JSON',
        seed: 'répète une vérification avec les mêmes données',
        token: 'jeton du serveur',
        yes: 'ne pose pas de question',
        update: 'écrit les fichiers de référence des échecs au lieu de les comparer',
        acceptFrench: "note que le français de ces leçons dit la même chose que l'anglais ; relisez-le avant"
    },
    minutes: minutes => `${minutes} min`,
    passedOf: (passed, all) => `${passed} sur ${all} ${passed > 1 ? 'réussies' : 'réussie'}.`,
    startNext: number => `Ensuite : npm run lesson -- start ${number}`,
    allPassed: 'Vous avez réussi toutes les leçons.',
    created: files => `Votre copie : ${files}`,
    continued: files => `Vous continuez avec ${files}`,
    read: file => `Lisez :       ${file}`,
    checkWith: number => `Vérifiez :    npm run lesson -- check ${number}`,
    passed: (number, title) => `Leçon ${number} réussie : ${title}.`,
    footer: (number, seed) => `npm run lesson -- hint ${number} · --seed ${seed} répète cette vérification`,
    footerOfUrl: seed => `--seed ${seed} répète cette vérification`,
    hintOf: (index, count, title) => `Indice ${index} sur ${count}, pour : ${title}`,
    needsNoHint: number => `Toutes les vérifications de la leçon ${number} réussissent : aucun indice n'est utile.`,
    noHint: title => `Il n'y a pas d'indice pour cette vérification : ${title}`,
    noDifference: 'Votre code est identique à la solution.',
    saved: folder => `Ce que vous avez écrit est gardé dans ${folder}`,
    askReset: number => `Recommencer la leçon ${number} depuis le problème ? Une copie de votre code est gardée.`,
    yes: 'Oui',
    no: 'Non',
    notReset: "Rien n'a été modifié.",
    needsYes: number => `Il n'y a pas de terminal pour la question. Lancez : npm run lesson -- reset ${number} --yes`,
    noLesson: (word, known) => `Il n'y a pas de leçon ${word}. Les leçons sont ${known}.`,
    notStarted: number => `Vous n'avez pas commencé la leçon ${number}. Lancez : npm run lesson -- start ${number}`,
    notAUrl: word => `--url doit être l'adresse http d'un flux d'événements, reçu : ${word}`,
    urlOfServer: number => `La leçon ${number} vérifie un client, pas un serveur ; retirez --url`,
    notASeed: word => `--seed doit être un entier de 0 à 4294967295, reçu : ${word}`,
    notALanguage: word => `La langue doit être en ou fr, reçu : ${word}`,
    noTerminal: "Cette commande n'est pas lancée dans un terminal. Utilisez l'une des commandes suivantes :",
    usage: {
        unknownCommand: word => `La commande ${word} n'existe pas.`,
        unknownOption: word => `L'option ${word} n'existe pas.`,
        missingArgument: 'Il manque le numéro de la leçon, par exemple 03.',
        missingValue: word => `Il manque une valeur après ${word}.`,
        tooMany: "Il y a plus de mots que la commande n'en prend.",
        seeHelp: 'npm run lesson -- --help liste toutes les commandes.'
    }
};
