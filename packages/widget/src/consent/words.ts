const en = {
  title: 'Your choice',
  'remember-me': 'Remember my name on this device',
  statistics: 'Count my visits',
  advertising: 'Learn which advertisement led me here',
  refuse: 'Refuse',
  accept: 'Accept all',
  save: 'Accept what is ticked',
  notice: 'Privacy notice',
  choices: 'Privacy choices',
  signal: 'Your browser asks not to be tracked. That is obeyed: statistics and advertising stay off.',
  failed: 'This could not be saved, so nothing has been agreed to. Please try again.',
}

const de: Words = {
  title: 'Ihre Wahl',
  'remember-me': 'Meinen Namen auf diesem Gerät merken',
  statistics: 'Meine Besuche zählen',
  advertising: 'Erfahren, welche Werbung mich hergeführt hat',
  refuse: 'Ablehnen',
  accept: 'Alles annehmen',
  save: 'Angekreuztes annehmen',
  notice: 'Datenschutzhinweise',
  choices: 'Datenschutz-Wahl',
  signal: 'Ihr Browser bittet, nicht verfolgt zu werden. Das gilt hier: Statistik und Werbung bleiben aus.',
  failed: 'Das ließ sich nicht speichern, also ist nichts vereinbart. Bitte versuchen Sie es erneut.',
}

const fr: Words = {
  title: 'Votre choix',
  'remember-me': 'Retenir mon nom sur cet appareil',
  statistics: 'Compter mes visites',
  advertising: 'Savoir quelle publicité m’a amené ici',
  refuse: 'Refuser',
  accept: 'Tout accepter',
  save: 'Accepter la sélection',
  notice: 'Avis de confidentialité',
  choices: 'Choix de confidentialité',
  signal: 'Votre navigateur demande à ne pas être suivi. C’est respecté : ni statistiques ni publicité.',
  failed: 'Le choix n’a pas pu être enregistré : rien n’est accepté. Veuillez réessayer.',
}

const es: Words = {
  title: 'Su elección',
  'remember-me': 'Recordar mi nombre en este dispositivo',
  statistics: 'Contar mis visitas',
  advertising: 'Saber qué anuncio me trajo aquí',
  refuse: 'Rechazar',
  accept: 'Aceptar todo',
  save: 'Aceptar lo marcado',
  notice: 'Aviso de privacidad',
  choices: 'Opciones de privacidad',
  signal: 'Su navegador pide no ser rastreado. Se respeta: sin estadísticas ni publicidad.',
  failed: 'No se pudo guardar, así que nada queda aceptado. Inténtelo de nuevo.',
}

export type Words = typeof en

export const wordTables: Record<string, Words> = { en, de, fr, es }

export function wordsFor(locale: string): Words {
  return wordTables[locale.toLowerCase().split('-')[0] ?? ''] ?? en
}
