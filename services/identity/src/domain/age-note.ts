/** What stands before a chat begins where the notice sets a minimum age, in the widget's languages. */
export function ageNoteIn(language: string, minimumAge: number): string {
  const note = notes[language.toLowerCase().split('-')[0] ?? ''] ?? notes.en!
  return note(minimumAge)
}

const notes: Record<string, (age: number) => string> = {
  en: (age) => `This chat is for people aged ${age} and over.`,
  de: (age) => `Dieser Chat ist für Personen ab ${age} Jahren.`,
  fr: (age) => `Ce chat est réservé aux personnes de ${age} ans et plus.`,
  es: (age) => `Este chat es para personas de ${age} años o más.`,
}
