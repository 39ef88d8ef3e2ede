export const latency = {
    heading: ['Latency', 'Latence'],
    empty: [
        'Each call appears here as a dot when its reply has arrived.',
        'Chaque appel apparaît ici comme un point quand sa réponse est arrivée.'
    ],
    summary: [
        'Last {count} calls: median {median}, 95th percentile {p95}; the last took {last}',
        'Les {count} derniers appels : médiane {median}, 95ᵉ centile {p95} ; le dernier a duré {last}'
    ],
    one: ['One call: it took {last}', 'Un appel : il a duré {last}'],
    table: ['As a table', 'Sous forme de tableau'],
    session: ['Session', 'Session'],
    method: ['Method', 'Méthode'],
    time: ['Time', 'Durée'],
    outcome: ['Outcome', 'Résultat'],
    result: ['result', 'résultat'],
    error: ['error', 'erreur']
} as const;

export const latencyLine = {
    median: ['median', 'médiane'],
    p95: ['95%', '95 %']
} as const;
