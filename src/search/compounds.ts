/** Verbs with a particle, which is a stop word, that are one word as well: “log in” is `login`. */
export const COMPOUNDS: ReadonlySet<string> = new Set(
  `backup breakdown checkout checkin cleanup clickthrough countdown crackdown cutoff dropdown dropoff fallback feedback followup
  handoff handover hangup holdup kickoff layout lockdown lockout lockup login logoff logon logout lookup markdown markup mockup
  passthrough pickup plugin popover popup printout pullback pulldown readout rollback rollout rollover rollup roundup setback
  setup shutdown signin signoff signout signup slowdown spinup standby startup takeover teardown timeout tradeoff turnover
  walkthrough workaround wraparound writeback`.split(/\s+/),
)
