import { z } from 'zod'

/** A schema in one line, as TypeScript would write the type of what it takes or gives. */
export function typeText(schema: z.ZodType, io: 'input' | 'output'): string {
  return shapeText(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape)
}

function shapeText(shape: Shape): string {
  const choices = shape.anyOf ?? shape.oneOf
  if (choices) return choices.map(shapeText).join(' | ')
  if (shape.allOf) return shapeText(shape.allOf[0]!)
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' | ')
  if ('const' in shape) return JSON.stringify(shape.const)
  if (shape.type === 'array') return `${arrayItem(shapeText(shape.items ?? {}))}[]`
  if (shape.type === 'object' && shape.properties) {
    const fields = Object.entries(shape.properties).map(
      ([name, field]) => `${name}${shape.required?.includes(name) ? '' : '?'}: ${shapeText(field)}`,
    )
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}'
  }
  if (shape.format === 'uuid') return 'uuid'
  if (shape.format === 'date-time') return 'time'
  if (shape.format === 'email') return 'email'
  return shape.type ?? 'unknown'
}

function arrayItem(text: string): string {
  return text.includes('|') ? `(${text})` : text
}

interface Shape {
  type?: string
  format?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  enum?: unknown[]
  const?: unknown
}
