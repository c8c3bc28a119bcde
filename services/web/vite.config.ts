import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { describeApi } from './build/api-reference.ts'
import { readConformance } from './build/conformance.ts'

export default defineConfig({
  root: fileURLToPath(new URL('src', import.meta.url)),
  publicDir: false,
  define: {
    __API_REFERENCE__: JSON.stringify(describeApi()),
    __CONFORMANCE__: JSON.stringify(readConformance()),
  },
  plugins: [react(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        console: fileURLToPath(new URL('src/console.html', import.meta.url)),
        'api-reference': fileURLToPath(new URL('src/api-reference.html', import.meta.url)),
        privacy: fileURLToPath(new URL('src/privacy.html', import.meta.url)),
      },
    },
  },
})
