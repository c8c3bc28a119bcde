import { Check, Circle } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '../../ui/text-field.tsx'

/** A password to be set, with its one rule and whether it is met. */
export function NewPasswordField({ onFocus }: { onFocus?: () => void }) {
  const [length, setLength] = useState(0)
  const isLongEnough = length >= minimum
  const Icon = isLongEnough ? Check : Circle
  return (
    <TextField
      name="password"
      label="Password"
      type="password"
      autoComplete="new-password"
      isRequired
      minLength={minimum}
      maxLength={256}
      onChange={(value) => setLength(value.length)}
      {...(onFocus ? { onFocus } : {})}
      description={
        <span className={`inline-flex items-center gap-1.5 ${isLongEnough ? 'text-good-text' : ''}`}>
          <Icon aria-hidden="true" className="size-3.5" />
          At least {minimum} characters. A few words in a row do well.
        </span>
      }
    />
  )
}

const minimum = 10
