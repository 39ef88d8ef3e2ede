import type { Frame } from '../frame.ts';
import { element } from './element.ts';

/** The frames that went over the wire, oldest first. */
export interface WireLog {
    add(frame: Frame): void;
    clear(): void;
}

// So much text is shown at once; the rest on demand.
const LONG = 420;

/**
 * @param list the list to fill; it also scrolls.
 * @param limit how many frames to keep; older ones make room.
 */
export function createWireLog(list: HTMLElement, limit = 500): WireLog {
    // What scrolls must be within reach of the keyboard, and not every browser sees to it.
    list.tabIndex = 0;
    return {
        add(frame) {
            // Follow the newest frame, unless the reader has scrolled up to an older one.
            const follow = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
            list.append(createEntry(frame));
            while (list.childElementCount > limit) list.firstElementChild?.remove();
            if (follow) list.scrollTop = list.scrollHeight;
        },
        clear: () => list.replaceChildren()
    };
}

function createEntry(frame: Frame): HTMLElement {
    const glyph = frame.direction === 'sent' ? '→' : '←';
    const who = frame.direction === 'sent' ? 'client to server' : 'server to client';
    const head = element(
        'div',
        { class: 'frame-head' },
        element('time', { datetime: frame.time.toISOString() }, formatTime(frame.time)),
        element('span', { class: 'arrow', 'aria-hidden': 'true', title: who }, glyph),
        element('span', { class: 'visually-hidden' }, `${who}: `),
        ...describe(frame)
    );
    const entry = element('li', { class: `frame ${frame.direction}` }, head);
    if (frame.data !== '') entry.append(...dataNodes(frame.data));
    return entry;
}

function describe(frame: Frame): HTMLElement[] {
    if (frame.direction === 'received') {
        const event = element('span', { class: 'what' }, `event: ${frame.event}`);
        return frame.id === '' ? [event] : [event, element('span', { class: 'id' }, `id: ${frame.id}`)];
    }
    const status = element('span', { class: 'status' }, '…');
    frame.status.then(text => {
        status.textContent = text;
        if (!text.startsWith('2')) status.classList.add('failed');
    });
    // The query holds the whole session id, which the endpoint event has shown.
    const path = frame.path.split('?')[0] ?? '';
    return [element('span', { class: 'what', title: frame.path }, `${frame.method} ${path}`), status];
}

function dataNodes(data: string): HTMLElement[] {
    const text = element('pre', {}, data);
    if (data.length <= LONG) return [text];

    text.classList.add('clamped');
    const all = `Show all ${data.length} characters`;
    const toggle = element('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' }, all);
    toggle.addEventListener('click', () => {
        const clamped = text.classList.toggle('clamped');
        toggle.setAttribute('aria-expanded', String(!clamped));
        toggle.textContent = clamped ? all : 'Show less';
    });
    return [text, toggle];
}

function formatTime(time: Date): string {
    return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
