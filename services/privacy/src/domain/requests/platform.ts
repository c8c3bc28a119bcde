import type { Business } from '@candor/contracts/identity/schemas'

/**
 * Candor itself, of whom a request is asked that is for every business. It stands where a tenant stands and is none:
 * no business has this id, and its rows are seen only by who proved the address.
 */
export const platform: Pick<Business, 'id' | 'name' | 'slug'> = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Candor',
  slug: '',
}

export function isPlatform({ tenantId }: { tenantId: string }): boolean {
  return tenantId === platform.id
}
