/** Everything read about contacts and what was done to them; a change has it read again. */
export const contactsKey = ['contacts'] as const
