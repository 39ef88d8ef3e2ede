import { defineConfig } from 'vite';

/** The server's port, which `npm run dev` chooses. Alone, the page needs the number: 0 names no server. */
const serverPort = Number(process.env.PORT || 3001);

const config = defineConfig({
    // Relative addresses, so that the page also works below a path prefix.
    base: './',
    server: {
        port: 5173,
        strictPort: false,
        proxy: {
            // The Host header must stay the page's own: the server compares it with Origin.
            '^/(sse|messages|health|login|logout|faults/[a-z]+)(\\?|$)': {
                target: `http://127.0.0.1:${serverPort}`,
                changeOrigin: false
            }
        }
    },
    build: {
        outDir: 'dist',
        sourcemap: true,
        // What is built in wants its licenses to go along.
        license: { fileName: 'licenses.md' },
        // Inlined assets would be `data:` URLs, which a strict content security policy refuses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // Not older than `light-dark()`, which would be spelled out for others, and is in all of these since May 2024.
        cssTarget: ['chrome123', 'firefox120', 'safari17.5']
    }
});

export default defineConfig(({ command }) => {
    if (command === 'serve' && serverPort === 0) throw new Error('PORT must be the port of a server that runs, not 0');
    return config;
});
