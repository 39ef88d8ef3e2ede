import type { Phase } from './phase.ts';

/**
 * Each phase has a shape of its own, for users who cannot distinguish the colours. The shapes are drawn, because fonts
 * may lack such signs.
 */
const shapes: Record<Phase, string> = {
    // Three dots, two dots, a disc, a broken ring, a turning arrow, a cross.
    connecting: 'M2.5 8h.01M8 8h.01M13.5 8h.01',
    unreached: 'M4 8h.01M12 8h.01',
    open: 'M8 8h.01',
    dropped: 'M6 2.3a6 6 0 0 0 0 11.4M10 2.3a6 6 0 0 1 0 11.4',
    resumed: 'M13.5 8a5.5 5.5 0 1 1-1.8-4.1M13.5 1.5v3.4h-3.4',
    closed: 'M3.5 3.5l9 9M12.5 3.5l-9 9'
};

export function PhaseGlyph({ phase }: { phase: Phase }) {
    return (
        <svg class={`glyph ${phase}`} viewBox="0 0 16 16" aria-hidden="true">
            <path d={shapes[phase]} />
        </svg>
    );
}
