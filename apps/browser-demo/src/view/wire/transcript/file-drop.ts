import { useSignal } from '@preact/signals';

/** The event listeners of an element that accepts dropped files. */
export function useFileDrop(open: (file: File) => void) {
    const isOver = useSignal(false);
    const isFile = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;
    return {
        /** Whether a file is dragged over the element. */
        isOver,
        handlers: {
            onDragOver(event: DragEvent) {
                if (!isFile(event)) return;
                // Otherwise the browser would open the file instead of the page.
                event.preventDefault();
                isOver.value = true;
            },
            onDragLeave({ currentTarget, relatedTarget }: DragEvent) {
                const isWithin = currentTarget instanceof Node && currentTarget.contains(relatedTarget as Node | null);
                if (!isWithin) isOver.value = false;
            },
            onDrop(event: DragEvent) {
                if (!isFile(event)) return;
                event.preventDefault();
                isOver.value = false;
                const [file] = event.dataTransfer?.files ?? [];
                if (file) open(file);
            }
        }
    };
}
