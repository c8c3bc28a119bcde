/** Where that lies which the server hands out. A bundle takes `places.bundled.ts` in place of this. */
export const places = {
  pages: new URL('../../dist/', import.meta.url),
  shop: new URL('../shop/', import.meta.url),
  widget: new URL('.', import.meta.resolve('@candor/widget/dist/widget.js')),
}
