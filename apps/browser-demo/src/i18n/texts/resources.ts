export const resources = {
    read: ['Read', 'Lire'],
    result: ['Contents of {name}', 'Contenu de {name}'],
    templates: ['Templates', 'Modèles d’URI']
} as const;

export const subscription = {
    start: ['Subscribe', 'S’abonner'],
    stop: ['Unsubscribe', 'Se désabonner'],
    label: ['Subscription to {name}', 'Abonnement à {name}'],
    renewed: [
        'A new session started without the subscription, so the page subscribed again.',
        'Une nouvelle session a commencé sans l’abonnement : la page s’est abonnée à nouveau.'
    ],
    failed: ['Not subscribed: {reason}', 'Abonnement impossible : {reason}'],
    updates: ['Updates: {count}', 'Mises à jour : {count}']
} as const;

export const subscribed = {
    asking: ['Subscribing…', 'Abonnement en cours…'],
    on: ['Subscribed', 'Abonnement actif'],
    away: ['The stream is down. The subscription is kept.', 'Le flux est coupé. L’abonnement est conservé.']
} as const;
