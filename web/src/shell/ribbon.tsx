// The house's picture: a dancer's ribbon in three strokes, decorative.
import type { JSX } from 'solid-js'
import './ribbon.css'

export function Ribbon(): JSX.Element {
  return (
    <svg class="ribbon" viewBox="0 0 600 800" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <path class="ribbon-a" d="M-40 640C120 700 170 520 300 470s230 60 300-30S520 240 380 270 170 420 60 360-20 150 120 90 330 20 540-50" />
      <path class="ribbon-b" d="M-40 668C130 736 186 548 314 500s246 52 312-48-92-226-244-190S176 396 78 342 8 168 138 116s318 20 500-40" />
      <path class="ribbon-c" d="M-40 700C140 768 206 580 330 534s262 38 322-66S560 214 398 246 190 376 98 326 40 190 160 146s300 22 460-24" />
      <circle class="ribbon-dot" cx="498" cy="196" r="13" />
    </svg>
  )
}
