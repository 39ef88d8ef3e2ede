export const resources = {
    read: ['Read', 'Lire'],
    result: ['Contents of {name}', 'Contenu de {name}'],
    templates: ['Templates', 'Modèles']
} as const;

export const subscription = {
    start: ['Subscribe', 'S’abonner'],
    stop: ['Unsubscribe', 'Se désabonner'],
    label: ['Subscription to {name}', 'Abonnement à {name}'],
    renewed: [
        'A new session began, without it: subscribed again.',
        'Une nouvelle session a commencé, sans lui : il a été redemandé.'
    ],
    failed: ['Not subscribed: {reason}', 'Pas d’abonnement : {reason}'],
    updates: ['Updates: {count}', 'Mises à jour : {count}']
} as const;

export const subscribed = {
    asking: ['Asking for the subscription…', 'Demande d’abonnement…'],
    on: ['Subscribed', 'Abonné'],
    away: ['The stream is away; the subscription goes on.', 'Le flux est absent ; l’abonnement continue.']
} as const;
