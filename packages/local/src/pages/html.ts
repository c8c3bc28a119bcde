/** Markup with every value escaped, save those that are markup themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Markup {
  const text = strings.reduce((whole, part, index) => whole + render(values[index - 1]) + part)
  return { markup: text }
}

/** Text that is markup already, such as a style sheet of our own. */
export function trusted(markup: string): Markup {
  return { markup }
}

function render(value: Value): string {
  if (value === undefined || value === null || value === false) return ''
  if (Array.isArray(value)) return value.map(render).join('')
  if (typeof value === 'object') return (value as Markup).markup
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export interface Markup {
  readonly markup: string
}

type Value = Markup | string | number | undefined | null | false | readonly Value[]
