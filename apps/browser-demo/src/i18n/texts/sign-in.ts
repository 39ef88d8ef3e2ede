export const signIn = {
    heading: ['Sign in', 'S’identifier'],
    description: [
        'This server asks for a token of its `MCP_AUTH_TOKEN`.',
        'Ce serveur demande un jeton de son `MCP_AUTH_TOKEN`.'
    ],
    token: ['Token', 'Jeton'],
    missing: ['Enter the token', 'Saisissez le jeton'],
    failed: ['Not signed in: {reason}', 'Identification refusée : {reason}'],
    forgotten: [
        'You are signed out: the sign-in ran out or was ended, or the server was restarted.',
        'Vous n’êtes plus identifié : l’identification a expiré ou pris fin, ou le serveur a redémarré.'
    ],
    noCookie: [
        'The browser did not keep the sign-in: allow cookies here, and sign in again.',
        'Le navigateur n’a pas gardé l’identification : autorisez ici les cookies, et recommencez.'
    ]
} as const;
