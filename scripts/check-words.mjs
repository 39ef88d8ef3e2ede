// Finds phrases that are hard to read in a second language: in comments, test titles, errors and documentation.
// `node scripts/check-words.mjs [PATH...]` checks those files and folders, or all files that git does not ignore.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Phrases, and what to write instead. A space also matches a line break within a comment. */
const WORDS = [
    ['\\b(?:told|tells?|telling) of\\b', 'is notified of, reports, mentions'],
    ['\\b(?:go|goes|going|went) on\\b', 'continues'],
    ['\\bbeside\\b', 'besides, next to'],
    ['\\bfor ever\\b', 'without end, never ends'],
    ['\\bin (?:vain|earnest)\\b', 'without success, …'],
    ['\\ball the same\\b', 'still'],
    // The title of a lesson, and its folder, may say it.
    ['(?<![Ll]et[-\\s])\\b(?:[Nn]o|[Ss]ome|[Aa]ny)body\\b', 'no client, a user, …'],
    ['\\b[Ww]hoever\\b', 'the client that, the user who'],
    [
        '(?:^|[.;:(] |// |\\* |")Who (?:knows|has|wants|needs|asks|comes|reads|would|may|does|cannot)\\b',
        'a client that'
    ],
    ['\\b(?:to|of|for|by|from|with|all) who\\b', 'to a client that'],
    [
        '(?<!\\b[Tt]here )\\b(?:is|are|was|were) no (?!longer|more|less|fewer|different|better|worse|larger|older|newer)',
        'is not a'
    ],
    ['\\bthat (?:is|are) none\\b', 'is not a …, is unknown'],
    ['\\bwants? (?:an? |no |the )?(?:token|credential|body|password|header)', 'requires'],
    ['\\b(?:is|are|was|were|be|none) wanted\\b', 'is required'],
    ['\\bgood order\\b', 'without losing anything, gracefully'],
    ['\\bturn(?:s|ed) away\\b', 'rejects, refuses'],
    ['\\bgiv(?:es?|en) way\\b', 'is evicted'],
    ['\\bcomes? of (?:it|them|that)\\b', 'happens, the result']
];

/** Files that quote the phrases, or hold no English. */
const EXEMPT =
    /^(?:scripts\/check-words\.mjs|LICENSE|package-lock\.json)$|\/words\.test\.ts$|\.(?:svg|webp|png|sum|mod)$/;

const BREAK = '\\s+(?:(?:\\*|//|#|>|-)\\s+)?';
const rules = WORDS.map(([pattern, instead]) => [new RegExp(pattern.replaceAll(' ', BREAK), 'gm'), instead]);

const paths = process.argv.slice(2);
const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...paths], { encoding: 'utf8' });
const files = listed.split('\n').filter(path => existsSync(path) && !EXEMPT.test(path));

const found = [];
for (const path of files) {
    const text = readFileSync(path, 'utf8');
    const hits = rules.flatMap(([search, instead]) => [...text.matchAll(search)].map(match => ({ match, instead })));
    for (const { match, instead } of hits.sort((a, b) => a.match.index - b.match.index)) {
        const line = text.slice(0, match.index).split('\n').length;
        found.push(`${path}:${line}: "${match[0].replace(/[\s*/#]+/g, ' ').trim()}"; write: ${instead}`);
    }
}

if (found.length > 0) {
    console.error(`${found.join('\n')}\n${found.length} phrases are hard to read.`);
    process.exitCode = 1;
}
