export const signIn = {
    heading: ['Sign in', 'S’identifier'],
    description: [
        'This server requires one of the tokens in its `MCP_AUTH_TOKEN`.',
        'Ce serveur exige l’un des jetons de sa variable `MCP_AUTH_TOKEN`.'
    ],
    token: ['Token', 'Jeton'],
    missing: ['Enter the token', 'Saisissez le jeton'],
    failed: ['Not signed in: {reason}', 'Identification refusée : {reason}'],
    forgotten: [
        'You are signed out: the sign-in expired or was ended, or the server was restarted.',
        'Vous n’êtes plus identifié : l’identification a expiré ou a pris fin, ou le serveur a redémarré.'
    ],
    noCookie: [
        'The browser did not keep the sign-in. Allow cookies for this page and sign in again.',
        'Le navigateur n’a pas gardé l’identification. Autorisez les cookies pour cette page et identifiez-vous à nouveau.'
    ]
} as const;
