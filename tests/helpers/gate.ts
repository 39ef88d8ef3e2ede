/** A promise and the function that resolves it. */
export function createGate() {
    let open = () => {};
    const opened = new Promise<void>(resolve => {
        open = resolve;
    });
    return { opened, open };
}

/** An `onCall` whose first call never finishes; `begun` resolves when that call starts. */
export function holdFirst() {
    const begun = createGate();
    let calls = 0;
    const onCall = async () => {
        if (++calls > 1) return;
        begun.open();
        await new Promise(() => {});
    };
    return { begun: begun.opened, onCall };
}
