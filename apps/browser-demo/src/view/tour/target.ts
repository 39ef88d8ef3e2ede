interface Box {
    left: number;
    top: number;
    width: number;
    height: number;
    /** Whether it stays in place while the page scrolls below it. */
    isRaised: boolean;
}

/** The first visible element with one of the names, in the order of the names. */
export function findTarget(names: readonly string[]): HTMLElement | undefined {
    for (const name of names) {
        const nodes = document.querySelectorAll<HTMLElement>(`[data-tour="${CSS.escape(name)}"]`);
        const visible = [...nodes].find(node => node.checkVisibility({ visibilityProperty: true }));
        if (visible) return visible;
    }
    return undefined;
}

/** The part of an element that its scroll containers and the window show; undefined if they show nothing of it. */
export function visibleBoxOf(node: HTMLElement): Box | undefined {
    let { left, top, right, bottom } = node.getBoundingClientRect();
    const clip = (by: { left: number; top: number; right: number; bottom: number }): void => {
        left = Math.max(left, by.left);
        top = Math.max(top, by.top);
        right = Math.min(right, by.right);
        bottom = Math.min(bottom, by.bottom);
    };
    let isRaised = false;
    for (let parent: HTMLElement | null = node; parent && parent !== document.body; parent = parent.parentElement) {
        const { overflowY, position } = getComputedStyle(parent);
        if (parent !== node && overflowY !== 'visible') clip(parent.getBoundingClientRect());
        isRaised ||= position === 'sticky' || position === 'fixed';
    }
    clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    if (right <= left || bottom <= top) return undefined;
    return { left, top, width: right - left, height: bottom - top, isRaised };
}
