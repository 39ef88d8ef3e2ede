/** What `tutor` says to a coding assistant. */
export const tutor = {
    about: 'an MCP server over stdio for your coding assistant: progress, last failure, next hint; never the solution',
    instructions:
        'You help a learner with lessons on MCP. Read last_failure first. Ask questions and give one hint at a time; do not write the solution, and do not open the folders solution/ and wrong/.',
    lesson: 'Number of the lesson, such as 03; by default the one in hand',
    progress: 'Lists the lessons, and which of them the learner has passed',
    lastFailure: 'Returns what the last check of the learner’s code sent, received and expected',
    nextHint: 'Returns the next hint of the check that fails, from mild on; the last one is for the learner alone',
    notChecked: 'The learner has not checked this lesson yet.',
    noFailure: (status: string) => `The last check ended with: ${status}.`,
    withheld: 'The next hint shows the code. Only the learner can ask for it: npm run lesson -- hint'
};
