import { fileURLToPath } from 'node:url'
import bold from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'
import text from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf'

/** The font files beside a bundle: what is imported here, the bundler copies there. */
export const fonts = { text: fileOf(text), bold: fileOf(bold) }

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
