import { UserRound } from 'lucide-react'

/**
 * Initials on a tint that stays with the person; somebody without a name gets a plain figure. Drawn, not
 * written: the name stands beside it. */
export function Avatar({ name, id, size = 'md' }: AvatarProps) {
  const tint = tints[hash(id) % tints.length]
  return (
    <span
      aria-hidden="true"
      data-initials={name ? initials(name) : ''}
      className={`inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none before:content-[attr(data-initials)] ${sizes[size]} ${tint}`}
    >
      {!name && <UserRound className="size-[55%]" />}
    </span>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]]
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('')
}

function hash(text: string): number {
  let sum = 7
  for (const char of text) sum = (sum * 31 + char.charCodeAt(0)) % 9973
  return sum
}

const sizes = { sm: 'size-7 text-xs', md: 'size-9 text-[0.8125rem]', lg: 'size-14 text-lg' }
const tints = ['avatar-a', 'avatar-b', 'avatar-c', 'avatar-d', 'avatar-e']

interface AvatarProps {
  name: string | null
  id: string
  size?: keyof typeof sizes
}
