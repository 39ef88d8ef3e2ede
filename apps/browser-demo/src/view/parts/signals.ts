import type { Signal } from '@preact/signals';

/** Sets a signal, in an event handler of one line. */
export function set<Value>(signal: Signal<Value>, value: Value): void {
    signal.value = value;
}

/** Turns a signal on or off. */
export function toggle(signal: Signal<boolean>): void {
    signal.value = !signal.value;
}
