import { createRequire } from 'node:module'

/** The font files, where npm has put them. A bundle takes `fonts.bundled.ts` in place of this. */
export const fonts = { text: fileOf('DejaVuSans.ttf'), bold: fileOf('DejaVuSans-Bold.ttf') }

function fileOf(name: string): string {
  return createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}`)
}
