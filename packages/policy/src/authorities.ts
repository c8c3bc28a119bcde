import { countryName } from './country-name.ts'

/** State of the register: an authority that moved later is not found here under its new address. */
export const authoritiesRecordedAt = '2026-11-22'

/** The data protection authority of each country of the EEA, of the United Kingdom and of Switzerland. */
export const authorities: Readonly<Record<string, Authority>> = {
  AT: { name: 'Österreichische Datenschutzbehörde', url: 'https://www.dsb.gv.at' },
  BE: {
    name: 'Gegevensbeschermingsautoriteit / Autorité de protection des données',
    url: 'https://www.dataprotectionauthority.be',
  },
  BG: { name: 'Commission for Personal Data Protection', url: 'https://www.cpdp.bg' },
  CH: {
    name: 'Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter',
    url: 'https://www.edoeb.admin.ch',
  },
  CY: {
    name: 'Office of the Commissioner for Personal Data Protection',
    url: 'https://www.dataprotection.gov.cy',
  },
  CZ: { name: 'Úřad pro ochranu osobních údajů', url: 'https://uoou.gov.cz' },
  DE: {
    name: 'Bundesbeauftragte für den Datenschutz und die Informationsfreiheit, who names the authority of your Land',
    url: 'https://www.bfdi.bund.de',
  },
  DK: { name: 'Datatilsynet', url: 'https://www.datatilsynet.dk' },
  EE: { name: 'Andmekaitse Inspektsioon', url: 'https://www.aki.ee' },
  ES: { name: 'Agencia Española de Protección de Datos', url: 'https://www.aepd.es' },
  FI: { name: 'Tietosuojavaltuutetun toimisto', url: 'https://tietosuoja.fi' },
  FR: { name: 'Commission nationale de l’informatique et des libertés', url: 'https://www.cnil.fr' },
  GB: { name: 'Information Commissioner’s Office', url: 'https://ico.org.uk' },
  GR: { name: 'Hellenic Data Protection Authority', url: 'https://www.dpa.gr' },
  HR: { name: 'Agencija za zaštitu osobnih podataka', url: 'https://azop.hr' },
  HU: { name: 'Nemzeti Adatvédelmi és Információszabadság Hatóság', url: 'https://www.naih.hu' },
  IE: { name: 'Data Protection Commission', url: 'https://www.dataprotection.ie' },
  IS: { name: 'Persónuvernd', url: 'https://www.personuvernd.is' },
  IT: { name: 'Garante per la protezione dei dati personali', url: 'https://www.garanteprivacy.it' },
  LI: { name: 'Datenschutzstelle', url: 'https://www.datenschutzstelle.li' },
  LT: { name: 'Valstybinė duomenų apsaugos inspekcija', url: 'https://vdai.lrv.lt' },
  LU: { name: 'Commission nationale pour la protection des données', url: 'https://cnpd.public.lu' },
  LV: { name: 'Datu valsts inspekcija', url: 'https://www.dvi.gov.lv' },
  MT: { name: 'Office of the Information and Data Protection Commissioner', url: 'https://idpc.org.mt' },
  NL: { name: 'Autoriteit Persoonsgegevens', url: 'https://www.autoriteitpersoonsgegevens.nl' },
  NO: { name: 'Datatilsynet', url: 'https://www.datatilsynet.no' },
  PL: { name: 'Urząd Ochrony Danych Osobowych', url: 'https://uodo.gov.pl' },
  PT: { name: 'Comissão Nacional de Proteção de Dados', url: 'https://www.cnpd.pt' },
  RO: {
    name: 'Autoritatea Naţională de Supraveghere a Prelucrării Datelor cu Caracter Personal',
    url: 'https://www.dataprotection.ro',
  },
  SE: { name: 'Integritetsskyddsmyndigheten', url: 'https://www.imy.se' },
  SI: { name: 'Informacijski pooblaščenec', url: 'https://www.ip-rs.si' },
  SK: { name: 'Úrad na ochranu osobných údajov', url: 'https://dataprotection.gov.sk' },
}

/** The authority of the first of the countries that has one here. */
export function authorityOf(...countries: (string | undefined)[]): AuthorityOf | null {
  const country = countries.find((code) => code !== undefined && code in authorities)
  return country === undefined ? null : { country, ...authorities[country]! }
}

/** Where somebody can complain, as a sentence. */
export function complaintText(authority: AuthorityOf | null): string {
  return authority
    ? `You can complain to the data protection authority of ${countryName(authority.country)}: ${authority.name}, ${authority.url} (as of ${authoritiesRecordedAt}).`
    : 'You can complain to the data protection authority of the country you live or work in.'
}

export interface AuthorityOf extends Authority {
  readonly country: string
}

export interface Authority {
  readonly name: string
  readonly url: string
}
