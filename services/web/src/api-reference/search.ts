import type { ApiReference, ProcedureReference } from './reference.ts'

/** What is left of the reference when every word of the search must stand in a procedure, event or error. */
export function searchReference(reference: ApiReference, search: string): ApiReference {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return reference
  const has = (text: string) => words.every((word) => text.toLowerCase().includes(word))
  const hasProcedure = (service: string) => (procedure: ProcedureReference) =>
    has([service, ...Object.values(procedure).flat()].join(' '))
  return {
    services: reference.services
      .map(({ name, procedures }) => ({ name, procedures: procedures.filter(hasProcedure(name)) }))
      .filter(({ procedures }) => procedures.length > 0),
    shared: reference.shared.filter(hasProcedure('every service')),
    events: reference.events.filter(({ subject, listeners, summary }) =>
      has([subject, ...listeners, summary].join(' ')),
    ),
    errors: reference.errors.filter(({ reason, code }) => has(`${reason} ${code}`)),
  }
}

export function countFound({ services, shared, events, errors }: ApiReference): number {
  const procedures = services.reduce((sum, service) => sum + service.procedures.length, 0)
  return procedures + shared.length + events.length + errors.length
}
