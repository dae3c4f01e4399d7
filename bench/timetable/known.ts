// What others reached on the public instances, to compare with: file name → reference cost, and whether it is proven optimal.

/** ITC-2007 track 3: best known costs. Dance: optima proven by HiGHS (i100: best of others after 300 s). */
export const known: Record<string, { cost: number; proven: boolean }> = {
  comp01: { cost: 5, proven: true }, comp02: { cost: 24, proven: true }, comp03: { cost: 64, proven: false }, comp04: { cost: 35, proven: true },
  comp05: { cost: 284, proven: false }, comp06: { cost: 27, proven: true }, comp07: { cost: 6, proven: true }, comp08: { cost: 37, proven: true },
  comp09: { cost: 96, proven: false }, comp10: { cost: 4, proven: true }, comp11: { cost: 0, proven: true }, comp12: { cost: 294, proven: false },
  comp13: { cost: 59, proven: false }, comp14: { cost: 51, proven: true }, comp15: { cost: 62, proven: false }, comp16: { cost: 18, proven: true },
  comp17: { cost: 56, proven: false }, comp18: { cost: 61, proven: false }, comp19: { cost: 57, proven: false }, comp20: { cost: 4, proven: true }, comp21: { cost: 74, proven: false },
  i20: { cost: 104, proven: true }, i40: { cost: 107, proven: true }, i60: { cost: 170, proven: true }, i100: { cost: 316, proven: false },
}
