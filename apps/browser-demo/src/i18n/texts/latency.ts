export const latency = {
    heading: ['Latency', 'Latence'],
    empty: [
        'Each call becomes a dot here once it has its reply.',
        'Chaque appel devient ici un point dès qu’il a sa réponse.'
    ],
    summary: [
        'Last {count} calls: median {median}, 95th percentile {p95}; the last took {last}',
        '{count} derniers appels : médiane {median}, 95e centile {p95} ; le dernier a pris {last}'
    ],
    one: ['One call: it took {last}', 'Un appel : il a pris {last}'],
    table: ['As a table', 'En tableau'],
    session: ['Session', 'Session'],
    method: ['Method', 'Méthode'],
    time: ['Time', 'Durée'],
    outcome: ['Outcome', 'Issue'],
    result: ['result', 'résultat'],
    error: ['error', 'erreur']
} as const;

export const latencyLine = {
    median: ['median', 'médiane'],
    p95: ['95%', '95 %']
} as const;
