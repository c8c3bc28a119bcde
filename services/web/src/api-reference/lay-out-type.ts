/** Breaks the text of a type over lines where it is too long for one: each object that does not fit, a field a line. */
export function layOutType(type: string, widthMax = 76, depth = 0): string {
  const opening = type.indexOf('{ ')
  if (opening === -1 || 2 * depth + type.length <= widthMax) return type
  const closing = findClosing(type, opening)
  const fields = splitFields(type.slice(opening + 2, closing - 1))
  return [
    `${type.slice(0, opening)}{`,
    ...fields.map((field) => `${indent(depth + 1)}${layOutType(field, widthMax, depth + 1)}`),
    `${indent(depth)}}${layOutType(type.slice(closing + 1), widthMax, depth)}`,
  ].join('\n')
}

function splitFields(text: string): string[] {
  const fields: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}') depth--
    else if (depth === 0 && text.startsWith(', ', at)) {
      fields.push(text.slice(start, at))
      start = at + 2
    }
  }
  return [...fields, text.slice(start)]
}

function findClosing(text: string, opening: number): number {
  let depth = 0
  for (let at = opening; at < text.length; at++) {
    if (text[at] === '{') depth++
    else if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

function indent(depth: number): string {
  return '  '.repeat(depth)
}
