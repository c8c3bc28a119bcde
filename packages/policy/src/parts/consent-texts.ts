/** What a banner says above its two equal buttons. */
export const rememberMeText =
  'May we remember your name on this device, so that you need not type it again? The chat works the same if you refuse.'

export const rememberAndCountText =
  'May we remember your name on this device, and count your visits to improve the chat? You may agree to either, both or neither; the chat works the same if you refuse.'

export const allPurposesText =
  'May we remember your name on this device, count your visits, and learn which advertisement led you here? You may agree to each by itself; the chat works the same if you refuse.'
