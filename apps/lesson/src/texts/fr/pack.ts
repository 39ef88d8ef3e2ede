import type { pack as english } from '../en/pack.ts';

export const pack: typeof english = {
    about: 'crée une archive pour une salle sans Internet ; demande le réseau, environ dix minutes et 2 Go',
    out: "l'archive",
    needsNpm: 'Lancez-le par npm : npm run lesson -- pack',
    noFolder: folder => `Le dossier ${folder} n'existe pas. Créez-le, ou choisissez un autre --out.`,
    failed: reason => `L'archive n'est pas créée : ${reason}`,
    begins: 'Demande au registre ce que MCP Inspector utilise…',
    progress: (done, all) => `${done} paquets sur ${all}`,
    done: (file, megabytes) => `${file} est écrit (${megabytes} Mo)`,
    use: 'Dans la salle : décompressez-la, puis npm ci && npm run lesson'
};
