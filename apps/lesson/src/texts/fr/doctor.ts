import type { doctor as english } from '../en/doctor.ts';

export const doctor: typeof english = {
    about: 'cherche ce qui pose souvent problème sur une machine',
    healthy: 'Cette machine est prête.',
    mend: command => `Lancez : ${command}`,
    node: {
        name: 'Node',
        tooOld: (version, oldest) => `Node ${version} est trop ancien ; il faut ${oldest} ou une version plus récente`
    },
    packages: { name: 'paquets', missing: name => `${name} manque dans node_modules` },
    port: {
        name: port => `port ${port}`,
        taken: port => `un autre programme écoute sur le port ${port}`,
        takenBy: (port, name, pid) =>
            `${name} (processus ${pid}) écoute sur le port ${port} ; npm run lesson prend le suivant. S'il est à vous, arrêtez-le`
    },
    path: {
        name: 'dossier',
        spaces: path => `le nom du dossier contient une espace : ${path}`,
        letters: path => `le nom du dossier contient des lettres que certains outils ne lisent pas : ${path}`,
        synchronized: path => `un programme copie ce dossier dans un nuage et verrouille ses fichiers : ${path}`
    },
    wsl: {
        name: 'WSL',
        windowsDisk: path => `${path} est sur le disque de Windows : lent, et les enregistrements ne sont pas signalés`
    },
    proxy: {
        name: 'proxy',
        breaks: name => `${name} est défini et NO_PROXY ne contient pas localhost ; curl demande localhost au proxy`
    },
    lineEndings: {
        name: 'fins de ligne',
        converted: file => `git a changé les fins de ligne de ${file} en CRLF`
    },
    disk: {
        name: files => `${files} petits fichiers`,
        slow: (files, ms) => `${files} petits fichiers ont pris ${ms} ms ; un antivirus les lit peut-être un par un`
    }
};
