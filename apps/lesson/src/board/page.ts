import { createHash } from 'node:crypto';
import type { Texts } from '../texts/texts.ts';
import type { Learner } from './learners.ts';

/** Everything that the page needs besides the learners. */
export interface PageOptions {
    texts: Texts['board'];
    language: string;
    /** The title of each lesson, by its number. */
    titles: ReadonlyMap<string, string>;
}

const STYLE = `
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { padding: .4rem .8rem; text-align: start; border-bottom: 1px solid; overflow-wrap: anywhere }
.stuck { font-weight: bold; background: #f801 }
.stuck th { border-inline-start: .4rem solid #c40 }
`;

// Each event brings the whole board, so that one that was missed costs nothing.
const SCRIPT = `
const events = new EventSource('/events');
events.onmessage = ({ data }) => { document.querySelector('main').innerHTML = data; };
events.onopen = () => { document.querySelector('#lost').hidden = true; };
events.onerror = () => { document.querySelector('#lost').hidden = false; };
`;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing runs or loads but the script and the style above. */
export const CONTENT_SECURITY_POLICY = `default-src 'none'; script-src ${hash(SCRIPT)}; style-src ${hash(STYLE)}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');

export function drawPage(learners: Learner[], now: number, options: PageOptions): string {
    const { texts, language } = options;
    return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${texts.title}</title>
<style>${STYLE}</style>
<noscript><meta http-equiv="refresh" content="10"></noscript>
</head>
<body>
<h1>${texts.title}</h1>
<p id="lost" role="alert" hidden>${texts.lost}</p>
<main>${drawTable(learners, now, options)}</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** One line, as the data of an event. */
export function drawTable(learners: Learner[], now: number, options: PageOptions): string {
    const { texts } = options;
    const stuck = learners.filter(({ isStuck }) => isStuck).length;
    const rows = learners.map(learner => drawRow(learner, now, options)).join('');
    const head = texts.columns.map(column => `<th scope="col">${column}</th>`).join('');
    return `<p>${texts.count(learners.length, stuck)}</p><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

function drawRow(
    { shownAs, lesson, check, isDown, status, since, isStuck }: Learner,
    now: number,
    options: PageOptions
) {
    const { texts, titles } = options;
    const minutes = texts.minutes(Math.floor((now - since) / 60_000));
    const state = status === 'failing' ? [check, isDown && texts.isDown].filter(Boolean).join(', ') : texts[status];
    const cells = [`${lesson} ${titles.get(lesson) ?? ''}`, state, isStuck ? `${texts.stuck}, ${minutes}` : minutes];
    const row = cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('');
    return `<tr${isStuck ? ' class="stuck"' : ''}><th scope="row"><bdi>${escapeHtml(shownAs)}</bdi></th>${row}</tr>`;
}
