import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE_BYTES = 8;
const COLOURS = 256;
/** Bytes of length, type and checksum around the data of a chunk. */
const [LENGTH, TYPE, CHECKSUM] = [4, 4, 4];
/** https://www.w3.org/TR/png-3/#11IHDR: eight bits a sample, and what a sample is. */
const [TRUE_COLOUR, PALETTE, TRUE_COLOUR_ALPHA] = [2, 3, 6];

/**
 * The same picture with at most 256 colours, the commonest, which is a third of the bytes: a page has few colours, and
 * what the edges of its letters have between them is nearly the same as one of those.
 *
 * @param png as Chromium writes it: eight bits a sample, not interlaced; it is taken to be opaque.
 */
export function toPalettePng(png: Buffer): Buffer {
    const header = chunks(png, 'IHDR')[0];
    if (!header) throw new TypeError('a PNG begins with IHDR, and this does not');
    const [width, height, colourType] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]];
    if (header[8] !== 8 || (colourType !== TRUE_COLOUR && colourType !== TRUE_COLOUR_ALPHA) || header[12] !== 0) {
        throw new TypeError('only true colour of eight bits is read, not interlaced');
    }
    const samples = colourType === TRUE_COLOUR ? 3 : 4;
    const pixels = unfilter(inflateSync(Buffer.concat(chunks(png, 'IDAT'))), width * samples, height, samples);

    const counts = new Map<number, number>();
    const colours = new Uint32Array(width * height);
    for (let at = 0; at < colours.length; at++) {
        const colour = pixels.readUIntBE(at * samples, 3);
        colours[at] = colour;
        counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const palette = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
    palette.length = Math.min(palette.length, COLOURS);
    const indexes = new Map<number, number>([...counts.keys()].map(colour => [colour, nearest(colour, palette)]));

    // Rows without a filter: between indexes of a palette there are no small differences.
    const rows = Buffer.alloc((width + 1) * height);
    for (let at = 0; at < colours.length; at++) {
        rows[at + Math.floor(at / width) + 1] = indexes.get(colours[at] ?? 0) ?? 0;
    }
    const newHeader = Buffer.from(header);
    newHeader[9] = PALETTE;
    const entries = Buffer.alloc(palette.length * 3);
    for (const [index, colour] of palette.entries()) entries.writeUIntBE(colour, index * 3, 3);
    return Buffer.concat([
        png.subarray(0, SIGNATURE_BYTES),
        toChunk('IHDR', newHeader),
        toChunk('PLTE', entries),
        toChunk('IDAT', deflateSync(rows, { level: 9 })),
        toChunk('IEND', Buffer.alloc(0))
    ]);
}

/** The data of all chunks of a type. */
function chunks(png: Buffer, wanted: string): Buffer[] {
    const found: Buffer[] = [];
    for (let at = SIGNATURE_BYTES; at < png.length; ) {
        const length = png.readUInt32BE(at);
        const start = at + LENGTH + TYPE;
        if (png.toString('latin1', at + LENGTH, start) === wanted) found.push(png.subarray(start, start + length));
        at = start + length + CHECKSUM;
    }
    return found;
}

function toChunk(type: string, data: Buffer): Buffer {
    const chunk = Buffer.alloc(LENGTH + TYPE + data.length + CHECKSUM);
    chunk.writeUInt32BE(data.length, 0);
    chunk.write(type, LENGTH, 'latin1');
    data.copy(chunk, LENGTH + TYPE);
    chunk.writeUInt32BE(crc32(chunk.subarray(LENGTH, -CHECKSUM)), chunk.length - CHECKSUM);
    return chunk;
}

/** Undoes what makes rows easier to compress: https://www.w3.org/TR/png-3/#9Filters */
function unfilter(filtered: Buffer, rowBytes: number, height: number, samples: number): Buffer {
    const pixels = Buffer.alloc(rowBytes * height);
    for (let row = 0; row < height; row++) {
        const filter = filtered[row * (rowBytes + 1)];
        for (let column = 0; column < rowBytes; column++) {
            const at = row * rowBytes + column;
            const left = column < samples ? 0 : (pixels[at - samples] ?? 0);
            const above = row === 0 ? 0 : (pixels[at - rowBytes] ?? 0);
            const corner = column < samples || row === 0 ? 0 : (pixels[at - rowBytes - samples] ?? 0);
            const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
            pixels[at] = (filtered[at + row + 1] ?? 0) + predicted;
        }
    }
    return pixels;
}

function paeth(left: number, above: number, corner: number): number {
    const [toLeft, toAbove, toCorner] = [left, above, corner].map(value => Math.abs(left + above - corner - value));
    if (toLeft === undefined || toAbove === undefined || toCorner === undefined) return 0;
    if (toLeft <= toAbove && toLeft <= toCorner) return left;
    return toAbove <= toCorner ? above : corner;
}

function nearest(colour: number, palette: readonly number[]): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const [index, candidate] of palette.entries()) {
        const distance = [16, 8, 0].reduce((sum, shift) => {
            const difference = ((colour >> shift) & 255) - ((candidate >> shift) & 255);
            return sum + difference * difference;
        }, 0);
        if (distance >= least) continue;
        best = index;
        least = distance;
    }
    return best;
}
