/** Every client shows it to every server, so that all have the same to read; only ours asks for it. */
export const TOKEN = 'the-token-of-the-benchmark';
