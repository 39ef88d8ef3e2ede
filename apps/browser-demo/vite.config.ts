import { defineConfig } from 'vite';

/**
 * The port of the server. `npm run dev` chooses it. `npm run dev -w apps/browser-demo` needs the real number, not 0.
 */
const serverPort = Number(process.env.PORT || 3001);

const config = defineConfig({
    // Relative addresses, so that the page also works under a path prefix.
    base: './',
    server: {
        port: 5173,
        strictPort: false,
        proxy: {
            // The Host header must stay the page's own: the server compares it with Origin.
            '^/(sse|messages|mcp|health|login|logout|faults/[a-z]+)(\\?|$)': {
                target: `http://127.0.0.1:${serverPort}`,
                changeOrigin: false
            }
        }
    },
    build: {
        outDir: 'dist',
        sourcemap: true,
        // The licenses of bundled packages must be shipped with the page.
        license: { fileName: 'licenses.md' },
        // Inlined assets would be `data:` URLs, which a strict content security policy refuses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // The first versions with `light-dark()` (May 2024). For older targets, Vite would expand it.
        cssTarget: ['chrome123', 'firefox120', 'safari17.5']
    }
});

export default defineConfig(({ command }) => {
    if (command === 'serve' && serverPort === 0) throw new Error('PORT must be the port of a server that runs, not 0');
    return config;
});
