import type { ConsentPurpose } from '@candor/contracts/policy/categories'

/**
 * The page's own parts that need consent: `<img data-candor-purpose="advertising" data-src="...">` (or an iframe) gets
 * its address with consent and loses it with the withdrawal; scripts hear of it by the event `candor:consent`.
 */
export function setPageParts(given: readonly ConsentPurpose[]): void {
  for (const part of document.querySelectorAll<HTMLElement>(
    'img[data-candor-purpose], iframe[data-candor-purpose]',
  )) {
    const { candorPurpose = '', src } = part.dataset
    const isGiven = (given as readonly string[]).includes(candorPurpose)
    if (!isGiven) part.removeAttribute('src')
    else if (src && part.getAttribute('src') !== src) part.setAttribute('src', src)
  }
  if (told === given.join()) return
  told = given.join()
  document.dispatchEvent(new CustomEvent('candor:consent', { detail: { given: [...given] } }))
}

let told: string | undefined
