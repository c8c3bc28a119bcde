/** The same beside a bundle, as `bundled` in package.json names it. */
export const places = {
  pages: new URL('pages/', import.meta.url),
  shop: new URL('shop/', import.meta.url),
  widget: new URL('widget/', import.meta.url),
}
