import { readdirSync, readFileSync } from 'node:fs'
import { rootDir } from '@candor/local/config'

const folder = `${rootDir}/deploy/runbooks`

/** All pages, each by its alert's name. */
export const runbooks = readdirSync(folder)
  .filter((file) => file !== 'README.md')
  .map((file) => ({ name: file.replace(/\.md$/, ''), text: readFileSync(`${folder}/${file}`, 'utf8') }))

/** What stands in the blocks of a language, on one page or on all. */
export function blocksIn(language: string, pages: readonly { text: string }[] = runbooks): string[] {
  const block = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm')
  return pages.flatMap(({ text }) => [...text.matchAll(block)].map(([, inside]) => inside!))
}

/** What a command looks for in logs: the words of each `grep`, one by one. */
export function soughtIn(text: string): string[] {
  return [...text.matchAll(/\| grep ([^\n]*)/g)].flatMap(([, words]) =>
    [...words!.matchAll(/'([^']*)'|(?:^|\s)([^\s'-][^\s']*)/g)].flatMap(([, quoted, bare]) =>
      (quoted ?? bare)!.replaceAll('"', '').split('|'),
    ),
  )
}
