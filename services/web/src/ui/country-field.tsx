import { ChevronDown } from 'lucide-react'
import { useMemo } from 'react'
import { Button, ComboBox, Input, ListBox, Popover } from 'react-aria-components'
import { countryName } from './country-name.ts'
import { FieldFrame, controlClass, correctWhileTyping } from './field.tsx'
import { Option, listClass, popoverClass } from './option.tsx'

/** A country by name; the form gets its two letters. */
export function CountryField({ name, defaultValue, description, onFocus }: CountryFieldProps) {
  const countries = useMemo(listCountries, [])
  return (
    <ComboBox
      name={name}
      isRequired
      defaultItems={countries}
      {...(defaultValue ? { defaultSelectedKey: defaultValue } : {})}
      {...(onFocus ? { onFocus } : {})}
    >
      <FieldFrame label="Country" description={description}>
        <div className="relative">
          <Input autoComplete="off" onInput={correctWhileTyping} className={`${controlClass} pr-10`} />
          <Button className="absolute top-0 right-0 flex h-full w-10 cursor-pointer items-center justify-center text-muted">
            <ChevronDown aria-hidden="true" className="size-4" />
          </Button>
        </div>
      </FieldFrame>
      <Popover className={`${popoverClass} w-(--trigger-width)`}>
        <ListBox className={listClass}>
          {(country: (typeof countries)[number]) => <Option choice={country} />}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}

function listCountries() {
  return codes
    .split(' ')
    .map((id) => ({ id, label: countryName(id) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'en'))
}

const codes =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK ' +
  'CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT ' +
  'GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY ' +
  'MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL ' +
  'PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO ' +
  'TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'

interface CountryFieldProps {
  name: string
  defaultValue?: string
  description?: string
  onFocus?: () => void
}
