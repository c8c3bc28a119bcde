import type { ListedContact } from '@candor/contracts/chat/schemas'

/** By what a contact is called in a list: the name, or how they are reached. */
export function nameOf({ name, email, phone }: Pick<ListedContact, 'name' | 'email' | 'phone'>): string {
  return name ?? email ?? phone ?? 'Visitor'
}
