export const layout = {
    view: ['View', 'Vue'],
    lastCall: ['Last call', 'Dernier appel']
} as const;

export const presenter = {
    enter: ['Present', 'Projeter'],
    leave: ['Leave (P)', 'Quitter (P)'],
    heading: ['Presenter view', 'Vue de projection'],
    step: ['{way}: {what}', '{way} : {what}'],
    stepOf: ['session {session}, {way}: {what}', 'session {session}, {way} : {what}']
} as const;
