import { PortableFile } from '@candor/contracts/portable'
import { z } from 'zod'

/** The JSON Schema (draft 2020-12) of a bundle's files, from the very shape that import checks them by. */
export function getPortabilitySchema(publicUrl: string): { schema: Record<string, unknown> } {
  const schema = z.toJSONSchema(PortableFile, { io: 'input', unrepresentable: 'any' })
  const $id = `${publicUrl}/trpc/privacy/getPortabilitySchema#version-1`
  return { schema: { ...schema, $id, title: 'A file of a Candor portability bundle, version 1' } }
}
