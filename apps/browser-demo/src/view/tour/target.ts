interface Box {
    left: number;
    top: number;
    width: number;
    height: number;
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
    for (let parent = node.parentElement; parent && parent !== document.body; parent = parent.parentElement) {
        if (getComputedStyle(parent).overflowY !== 'visible') clip(parent.getBoundingClientRect());
    }
    clip({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}
